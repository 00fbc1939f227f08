"""What is sealed lies unreadable in the database, opens with any of the keys, and can be given a new one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from campaigns.flows.gate import consenting, correcting
from campaigns.flows.record import picturing, telling
from campaigns.models import DefenderName, GuardedWord, OwnWords, PhotoOriginal, SpecialCategory, TimelineEvent
from tests.makers import make_alert, make_campaign, make_case, make_jpeg
from tests.makers.cases import DAY

pytestmark = pytest.mark.django_db

WORD = "Zqsealedqz"


@pytest.fixture
def case(network):
    """A case with the mark in everything that must lie sealed."""
    now = timezone.now()
    case = make_case(network, name=f"{WORD} Surname", name_fa=f"{WORD} فا", published=False, approved=False)
    SpecialCategory.objects.create(defender=case.defender, category="religion", language="en", words=WORD)
    GuardedWord.objects.create(defender=case.defender, kind="place", text=WORD)
    telling.record_source(case.pk, kind="media", reliability="unsure", note=WORD, by=network.writer, at=now)
    said = consenting.Consent(
        given_by="lawyer",
        scopes=("name",),
        expires_at=now + timedelta(days=1),
        conditions=WORD,
        authority=WORD,
        evidence=WORD,
    )
    consenting.record_consent(case.pk, said, by=network.writer, at=now)
    correcting.ask(case.pk, wish="remove", words=WORD, address="", language="en", at=now)
    original = make_jpeg((200, 150))
    caption = picturing.Caption(alt={"en": WORD}, credit=WORD, licence=WORD)
    picturing.add(case.pk, original, caption, by=network.writer, at=now)
    report = telling.Report(
        from_earliest=DAY,
        from_latest=DAY,
        reporter="family",
        source_reliability="unsure",
        item_reliability="unsure",
    )
    words = {"en": WORD, "fa": f"{WORD} فا"}
    telling.record_event(case.pk, kind="arrest", words=words, report=report, by=network.writer, at=now)
    telling.record_own_words(case.pk, language="fa", words=words, report=report, by=network.writer, at=now)
    telling.record_correction(case.pk, words=words, by=network.writer, at=now)
    return case


def whole_database() -> bytes:
    """Every value of every table, as bytes."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                found += [bytes(one) if isinstance(one, (bytes, memoryview)) else str(one).encode() for one in row]
    return b"\n".join(found)


def test_nothing_sealed_can_be_read_in_the_database(case):
    kept = whole_database()
    assert WORD.encode() not in kept
    assert b"Zq-camera-qz" not in kept  # a mark of the photograph's original
    assert DefenderName.objects.filter(defender=case.defender, language="en").get().text == f"{WORD} Surname"
    assert TimelineEvent.objects.get().words == {"en": WORD, "fa": f"{WORD} فا"}
    assert bytes(PhotoOriginal.objects.get().content) == make_jpeg((200, 150))


def test_words_of_campaigns_and_alerts_are_sealed_too(network):
    campaign = make_campaign(network)
    campaign.texts.filter(language="en").update(
        title=WORD, context=WORD, deck=WORD, ask=WORD, letter=WORD, chain=[{"title": WORD, "text": WORD}]
    )
    words = dict.fromkeys(("subject", "kicker", "preheader", "body", "body_text", "button"), WORD)
    make_alert(network, campaign).variants.filter(language="en").update(**words)
    assert WORD.encode() not in whole_database()
    assert campaign.texts.get(language="en").chain == [{"title": WORD, "text": WORD}]


def test_a_new_key_is_put_first_and_the_old_one_can_go(case, settings):
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = ["n" * 40, *old]
    assert DefenderName.objects.filter(language="en").get().text == f"{WORD} Surname"
    call_command("reseal")
    settings.FIELD_KEYS = ["n" * 40]
    assert DefenderName.objects.filter(language="en").get().text == f"{WORD} Surname"
    assert GuardedWord.objects.get().text == WORD
    assert bytes(PhotoOriginal.objects.get().content) == make_jpeg((200, 150))


def test_without_its_key_it_says_so_and_changes_nothing(case, settings):
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = ["w" * 40]
    with pytest.raises(CommandError, match="opens with none of FIELD_KEYS"):
        call_command("reseal")
    settings.FIELD_KEYS = old
    assert DefenderName.objects.filter(language="en").get().text == f"{WORD} Surname"


def test_words_from_before_the_column_was_sealed_are_still_read(case):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE campaigns_ownwords SET words = %s", ['{"fa": "Open words"}'])
    assert OwnWords.objects.get().words == {"fa": "Open words"}
    call_command("reseal")
    assert OwnWords.objects.get().words == {"fa": "Open words"}
    assert b"Open words" not in whole_database()


def test_a_name_from_before_the_column_was_sealed_is_still_read(case):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE campaigns_defendername SET text = %s WHERE language = 'en'", ["Open Name"])
    assert DefenderName.objects.get(language="en").text == "Open Name"
    call_command("reseal")
    assert b"Open Name" not in whole_database()
