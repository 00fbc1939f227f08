"""What every channel owes the engine, whatever carries its messages: each is told once, and kept before the session ends."""

from __future__ import annotations

import pytest

from notifications.channels.contract import SENT, Message, Outcome
from notifications.channels.kept import TOGETHER, KeptSession
from notifications.channels.provider import ProviderSession
from notifications.channels.smtp import SmtpSession
from tests.provider_server import Provider
from tests.smtp_server import Server

BODY = b"From: us@people.example\r\nSubject: x\r\n\r\nbody\r\n.\r\n"


class Letters:
    """A source of so many messages; `later` more come once it has been asked whether there are any."""

    def __init__(self, how_many: int, later: int = 0) -> None:
        self._left = [Message(f"m{number}@people.example", BODY, number) for number in range(how_many)]
        self._later = [Message(f"l{number}@people.example", BODY, -1 - number) for number in range(later)]
        self.taken: list[int] = []
        self.told: dict[int, Outcome] = {}
        self.unkept = 0
        self.handed_over: set[int] = set()

    def hand_over(self, messages: list[Message]) -> list[Message]:
        self.handed_over |= {message.key for message in messages}
        return messages

    def take(self) -> Message | None:
        if not self._left:
            return None
        message = self._left.pop()
        self.taken.append(message.key)
        return message

    def is_waiting(self) -> bool:
        is_more = bool(self._later)
        self._left, self._later = self._later, []
        return is_more

    def tell(self, message: Message, outcome: Outcome) -> None:
        assert message.key not in self.told
        self.told[message.key] = outcome
        self.unkept += 1

    def keep(self) -> None:
        self.unkept = 0


class ChannelContract:
    """Inherit it, with a fixture `session`: one that reaches somebody."""

    @pytest.mark.parametrize("how_many", [1, 7, TOGETHER, TOGETHER + 1])
    def test_each_message_is_told_once_and_kept(self, session, how_many):
        letters = Letters(how_many)
        session.run(letters)
        assert sorted(letters.told) == sorted(letters.taken) == list(range(how_many))
        assert set(letters.told.values()) == {SENT}
        assert letters.unkept == 0

    def test_nothing_to_send_ends_at_once(self, session):
        letters = Letters(0)
        session.run(letters)
        assert letters.told == {}

    def test_what_may_not_leave_yet_is_asked_for_again(self, session):
        letters = Letters(2, later=3)
        session.run(letters)
        assert len(letters.told) == 5

    def test_it_can_be_run_again(self, session):
        for how_many in (2, 3):
            letters = Letters(how_many)
            session.run(letters)
            assert len(letters.told) == how_many

    def test_closing_it_unused_or_twice_is_nothing(self, session):
        session.close()
        session.close()


class TestSmtp(ChannelContract):
    @pytest.fixture
    def session(self, settings):
        server = Server()
        settings.SMTP_PORT, settings.SMTP_CONNECTIONS = server.port, 4
        session = SmtpSession()
        yield session
        session.close()
        server.stop()


class TestProvider(ChannelContract):
    @pytest.fixture
    def session(self, settings):
        provider = Provider()
        settings.MAIL_PROVIDER, settings.ANYMAIL = "mailgun", provider.settings()
        session = ProviderSession()
        yield session
        session.close()
        provider.stop()

    def test_each_was_handed_over_before_it_was_told(self, session):
        letters = Letters(120)
        session.run(letters)
        assert letters.handed_over == set(letters.told)


class TestKept(ChannelContract):
    @pytest.fixture
    def session(self):
        session = KeptSession()
        yield session
        session.close()
