"""The SMTP session against a server that answers as it likes: every message ends in a true state, and is accepted at most
once more often than it was told to be."""

from __future__ import annotations

from collections import Counter

import pytest

from notifications.channels.contract import ChannelAway, Fate, Message, Outcome
from notifications.channels.smtp import SmtpSession
from notifications.channels.smtp.conversation import Closed, Conversation
from notifications.channels.smtp.greeting import Greeted
from tests.smtp_server import Server

pytestmark = pytest.mark.once

BODY = b"Subject: x\r\n\r\nbody\r\n.\r\n"


class Mails:
    """A source of so many messages, and what was told of each."""

    def __init__(self, how_many: int) -> None:
        self.waiting = [Message(f"m{number}@people.example", BODY, number) for number in range(how_many)]
        self.told: dict[int, Outcome] = {}
        self.taken: list[int] = []
        self.since_keep = 0
        self.most_unkept = 0

    def is_waiting(self) -> bool:
        return False

    def take(self) -> Message | None:
        if not self.waiting:
            return None
        message = self.waiting.pop()
        self.taken.append(message.key)
        return message

    def tell(self, message: Message, outcome: Outcome) -> None:
        assert message.key not in self.told  # once, and never again
        self.told[message.key] = outcome
        self.since_keep += outcome.fate is Fate.SENT
        self.most_unkept = max(self.most_unkept, self.since_keep)

    def keep(self) -> None:
        self.since_keep = 0


@pytest.fixture
def converse(settings):
    servers = []

    def run(how_many: int, *, timeout: float = 5, **script) -> tuple[Mails, Server, str]:
        server = Server(**script)
        servers.append(server)
        settings.SMTP_PORT, settings.SMTP_CONNECTIONS, settings.SMTP_TIMEOUT_SECONDS = server.port, 4, timeout
        mails, session, away = Mails(how_many), SmtpSession(), ""
        try:
            session.run(mails)
        except ChannelAway as gone:
            away = gone.reason
        finally:
            session.close()
        return mails, server, away

    yield run
    for server in servers:
        server.stop()


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize("chatter", [True, False])
def test_a_server_that_behaves_gets_each_once(converse, pipelining, chatter):
    mails, server, away = converse(200, pipelining=pipelining, chatter=chatter)
    assert away == "" and {outcome.fate for outcome in mails.told.values()} == {Fate.SENT}
    assert Counter(server.accepted) == Counter({f"m{number}@people.example": 1 for number in range(200)})
    assert mails.since_keep == 0 and mails.most_unkept <= 4  # kept before a connection sends anything more


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("pipelining", [True, False])
def test_whatever_it_answers_every_message_ends_in_a_true_state(converse, seed, pipelining):
    mails, server, away = converse(120, seed=seed, misbehaves=0.3, pipelining=pipelining)
    accepted = Counter(server.accepted)
    told_sent = {f"m{key}@people.example" for key, outcome in mails.told.items() if outcome.fate is Fate.SENT}
    assert told_sent <= set(accepted)  # nothing is called sent that was not taken
    assert max(accepted.values(), default=1) == 1  # one run says nothing twice
    refused = {f"m{key}@people.example" for key, outcome in mails.told.items() if outcome.fate is Fate.BOUNCED}
    assert not refused & set(accepted)
    if not away:  # then everything taken was answered
        assert len(mails.told) == 120
    silent = set(mails.taken) - set(mails.told)
    assert len(silent) <= 4  # at most one a connection was taken and is still queued
    unsure = {f"m{key}@people.example" for key in silent}
    unsure |= {f"m{key}@people.example" for key, outcome in mails.told.items() if outcome.fate is Fate.DEFERRED}
    assert set(server.unanswered) <= unsure  # kept there without a word: never called sent, and tried again


def test_some_answers_do_get_lost(converse):
    """What the test above leans on: with its seeds the case comes up."""
    assert any(converse(120, seed=seed, misbehaves=0.3)[1].unanswered for seed in range(12))


@pytest.mark.parametrize("pipelining", [True, False])
def test_a_server_that_says_nothing_any_more_is_given_up(converse, pipelining):
    mails, server, away = converse(60, pipelining=pipelining, stalls_after=20, timeout=1)
    sent = {f"m{key}@people.example" for key, outcome in mails.told.items() if outcome.fate is Fate.SENT}
    assert sent == set(server.accepted) and len(server.accepted) >= 20
    assert {outcome.fate for outcome in mails.told.values()} <= {Fate.SENT, Fate.DEFERRED}
    assert away or len(mails.told) == 60


def test_a_port_where_nobody_listens_is_away_and_nothing_is_told(settings):
    settings.SMTP_PORT = 9
    mails, session = Mails(3), SmtpSession()
    with pytest.raises(ChannelAway, match="connect"):
        session.run(mails)
    session.close()
    assert mails.told == {}


class Ended:
    """A socket over TLS in which a last answer and the end of the connection lie together."""

    def __init__(self, *chunks: bytes) -> None:
        self.chunks = list(chunks)
        self.sent = b""

    def recv(self, size: int) -> bytes:
        return self.chunks.pop(0) if self.chunks else b""

    def send(self, data: bytes) -> int:
        self.sent += data
        return len(data)

    def pending(self) -> int:
        return 0


@pytest.mark.parametrize("last", [b"250 kept\r\n", b"250 kept\r\n421 closing\r\n"])
def test_an_answer_that_came_with_the_end_counts(last):
    told: list[tuple[int, Outcome]] = []
    greeted = Greeted(Ended(last), pipelining=True, eight_bit=True)
    one = Conversation(greeted, lambda message, outcome: told.append((message.key, outcome)))
    one.give(Message("m1@people.example", BODY, 1))
    one.send()
    one.sock.chunks = [b"250 ok\r\n250 ok\r\n354 go\r\n", *[last]]
    with pytest.raises(Closed):
        one.receive()
    assert [(key, outcome.fate) for key, outcome in told] == [(1, Fate.SENT)]
    assert one.held() == []


def test_what_the_session_says_itself_is_no_reply(settings):
    mails, session = Mails(1), SmtpSession()
    mails.waiting = [Message("no room@people.example", BODY, 0)]
    server = Server()
    settings.SMTP_PORT = server.port
    try:
        session.run(mails)
    finally:
        session.close()
        server.stop()
    assert mails.told[0].reason == "bad-address" and not mails.told[0].is_reply
