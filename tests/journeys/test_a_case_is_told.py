"""From a case on record to its public page: described, told, checked by a second person, published; and each way back.

One case goes through all of it: the walk and the ways back share its fixtures, and are read in its order.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.flows.gate import consenting, publishing, silencing
from campaigns.flows.record import describing, telling
from campaigns.models import Case, CaseGrant, PageAddress
from campaigns.publishing.case_parts import parts_of
from campaigns.tasks import keep_silence
from network.flows import vetting
from network.flows.relaying import relay
from network.models import AuditEntry, Organisation, OutboxEvent
from network.refusals import SamePersonApproves
from tests.makers import (
    approve_campaign,
    approve_case,
    enter_workspace,
    make_campaign,
    make_case,
    make_event,
    make_key,
    make_own_words,
    make_partner,
    make_status,
)

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"

PERSON = {
    "names-TOTAL_FORMS": "4",
    "names-INITIAL_FORMS": "2",
    "names-0-kind": "known_as",
    "names-0-language": "en",
    "names-0-text": "Golnar Sabzrud",
    "names-0-short": "Golnar",
    "names-0-is_display": "on",
    "names-1-kind": "known_as",
    "names-1-language": "fa",
    "names-1-text": "گلنار سبزرود",
    "names-1-is_display": "on",
    "names-2-kind": "pen_name",
    "names-2-language": "en",
    "names-2-text": "Lakewriter",
    "sectors": ["environment"],
    "rights": ["expression", "health"],
    "province": "IR-23",
    "age_at_event": "34",
    "pronouns_en": "she, her, her",
    "guarded_place": "Dezhabad\nRiver School",
    "guarded_date": "1999-04-21",
}
REPORT = {
    "from_earliest": "2026-03-04",
    "reporter": "family",
    "source_reliability": "highly_reliable",
    "item_reliability": "likely_reliable",
}


def page_of(case, language: str = "") -> str:
    slug = PageAddress.objects.get(page="case", holder=case.public_id, retired_at=None).slug
    return f"{language}/cases/{slug}/"


def test_the_whole_way_through_the_workspace(network, deliver_all):
    case = make_case(
        network,
        scopes=("name", "narrative", "quote", "translation", "province", "age"),
        approved=False,
        published=False,
        verified=False,
    )
    writer, approver = enter_workspace(network.writer, deliver_all), enter_workspace(network.approver, deliver_all)
    url = f"/organise/cases/{case.pk}"
    assert writer.post(f"{url}/person/", PERSON).status_code == 302
    told = {"who_en": "Measurer of lakes", "summary_en": "In Dezhabad {person} measured a lake.", "story_en": "So."}
    assert writer.post(f"{url}/words/", told).status_code == 302
    page = writer.get(f"{url}/words/").content.decode()
    assert "Dezhabad" in page and "never to be told" in page  # kept, and named as what may not stand
    told["summary_en"] = "{person} measured a lake."
    writer.post(f"{url}/words/", told)
    source = {"source-kind": "document", "source-reliability": "likely_reliable", "source-note": "Planted sealed note"}
    assert writer.post(f"{url}/timeline/sources/", source).status_code == 302
    number = Case.objects.get(pk=case.pk).sources.get().pk
    event = {f"event-{name}": value for name, value in REPORT.items()}
    event |= {"event-kind": "arrest", "event-words_en": "Taken at the lake.", "event-confirmed_by": [str(number)]}
    assert writer.post(f"{url}/timeline/events/", event).status_code == 302
    own = {f"own-{name}": value for name, value in REPORT.items()}
    own |= {"own-language": "fa", "own-words_fa": "بگذارید دریاچه بماند.", "own-words_en": "Let the lake be."}
    assert writer.post(f"{url}/timeline/own-words/", own).status_code == 302
    corrected = {"correction-words_en": "We had written April; it was March."}
    assert writer.post(f"{url}/timeline/corrections/", corrected).status_code == 302
    row = Case.objects.get(pk=case.pk)
    claims = [("event", row.timeline.get()), ("own_words", row.own_words.get()), ("correction", row.corrections.get())]
    for claim, one in claims:
        assert writer.post(f"/organise/claims/{claim}/{one.pk}/verifying/").status_code == 403  # who wrote it may not
        assert approver.post(f"/organise/claims/{claim}/{one.pk}/verifying/").status_code == 302
    assert writer.post(f"{url}/submitting/").status_code == 302
    gate = approver.get(f"{url}/gate/").content.decode()
    assert "Facts are being checked" in gate
    parts = re.findall(r'name="part" value="([^"]+)"><input type="hidden" name="digest" value="(\w+)"', gate)
    assert {name for name, _ in parts} == {"facts", "safety", "text:en"}
    assert approver.post(f"{url}/publishing/").status_code == 409
    for name, digest in parts:
        assert approver.post(f"{url}/approving/", {"part": name, "digest": digest}).status_code == 302
    assert writer.post(f"{url}/publishing/").status_code == 403  # and who wrote the facts does not press it
    assert approver.post(f"{url}/publishing/").status_code == 302
    slug = PageAddress.objects.get(page="defender", retired_at=None).slug
    assert slug == "golnar-sabzrud"
    for address in (f"/defenders/{slug}/", page_of(case)):
        shown = Client().get(address).content.decode()
        for words in (
            "Golnar Sabzrud",
            "گلنار سبزرود",
            "Taken at the lake.",
            "Let the lake be.",
            "it was March",
            "Tehran",
        ):
            assert words in shown, words
        for words in ("Dezhabad", "River School", "1999", "Lakewriter", "Planted sealed note"):
            assert words not in shown, words
    names = {event.name for event in OutboxEvent.objects.filter(subject_id=str(case.pk))}
    assert {"CaseSubmitted", "CasePublished", "ClaimVerified"} <= names
    assert "Published" in approver.get(f"{url}/gate/").content.decode()  # the same page, before and after


def test_each_field_says_who_sees_it_and_why_not(network, deliver_all):
    case = make_case(network, alias="Baran", scopes=("alias", "narrative"), partners=("alias", "narrative", "health"))
    make_status(network, case, "condition", "hunger_strike")
    page = enter_workspace(network.approver, deliver_all).get(f"/organise/cases/{case.pk}/gate/").content.decode()
    rows = re.findall(
        r"<tr><th scope=\"row\">(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td><td class=\"meta\">(.*?)</td>", page
    )
    words = {re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", label)).strip(): row for label, *row in rows}
    assert "withheld" in words["Name Golnar Sabzrud (English)"][0]
    assert "not consented: Their name" in words["Name Golnar Sabzrud (English)"][2]
    assert "shown" in words["Alias Baran (English)"][0]
    hunger = words["How the person is On hunger strike"]
    assert "withheld" in hunger[0] and "covered" in hunger[1] and "not consented: Their health" in hunger[2]


def test_an_emergency_lasts_a_day_and_skips_neither_consent_nor_risk(network, settings):
    now = timezone.now()
    case = make_case(network, approved=False, published=False, verified=False)
    with pytest.raises(SamePersonApproves):
        publishing.publish(case.pk, is_emergency=True, by=network.writer, at=now)
    row = Case.objects.get(pk=case.pk)
    for part in parts_of(row, at=now):
        if part.name in {"facts", "text:en"}:
            publishing.approve(case.pk, part.name, digest=part.digest, by=network.approver, at=now)
    publishing.publish(case.pk, is_emergency=True, by=network.approver, at=now)
    shown = Client().get(page_of(case))
    assert shown.status_code == 200 and "Published in an emergency" in shown.content.decode()
    assert Client().get(page_of(case, "/fa")).content.decode().count("دریاچه را اندازه") == 0  # not approved, not shown
    silencing.silence_lapsed(at=now + timedelta(hours=settings.EMERGENCY_HOURS, seconds=1))
    assert OutboxEvent.objects.named("CaseSilenced").filter(subject_id=str(case.pk)).exists()
    assert Client().get(page_of(case)).status_code == 410
    without = make_case(network, scopes=None, risk=None, approved=False, published=False)
    with pytest.raises(publishing.CaseNotReady) as refused:
        publishing.publish(without.pk, is_emergency=True, by=network.approver, at=now)
    assert {"consent", "risk-assessment"} <= set(refused.value.missing)


def test_an_embargo_tells_nobody_that_there_is_something(network):
    now = timezone.now()
    case = make_case(network, approved=False, published=False)
    publishing.embargo(case.pk, until=now + timedelta(hours=2), by=network.writer, at=now)
    approve_case(network, case)
    publishing.publish(case.pk, by=network.approver, at=now)
    assert Client().get(page_of(case)).status_code == 404
    assert Client().get(f"/api/v1/cases/{case.public_id}/").status_code == 404
    assert not OutboxEvent.objects.filter(subject_id=str(case.pk), audience="public").exists()
    silencing.withdraw_case(case.pk, by=network.writer, at=now)
    assert Client().get(page_of(case)).status_code == 404  # what was never seen is unknown, not gone
    assert not OutboxEvent.objects.filter(subject_id=str(case.pk), audience="public").exists()


def test_at_the_end_of_an_embargo_it_is_there_and_is_told(network):
    earlier = timezone.now() - timedelta(hours=2)
    case = make_case(network, approved=False, published=False)
    publishing.embargo(case.pk, until=earlier + timedelta(hours=1), by=network.writer, at=earlier)
    approve_case(network, case)
    publishing.publish(case.pk, by=network.approver, at=earlier)
    assert Client().get(page_of(case)).status_code == 200  # by its own query, before any job
    keep_silence()
    assert OutboxEvent.objects.named("CasePublished").filter(subject_id=str(case.pk)).count() == 1


def test_when_the_name_may_be_shown_no_more_its_address_is_gone(network):
    case = make_case(network, alias="Baran")
    assert Client().get("/defenders/golnar-sabzrud/").status_code == 200
    now = timezone.now()
    consent = consenting.Consent(given_by="family", scopes=("alias", "narrative"), expires_at=now + timedelta(days=9))
    consenting.record_consent(case.pk, consent, by=network.writer, at=now)
    assert Client().get("/defenders/golnar-sabzrud/").status_code == 410
    approve_case(network, case)
    assert Client().get("/defenders/golnar-sabzrud/").status_code == 410
    assert not PageAddress.objects.filter(slug__contains="golnar").exists()  # nor is it in the database any more


def test_what_was_shown_by_name_is_never_shown_by_an_alias(network):
    """Whoever kept the page, its address or its id would read off whose alias it is."""
    case, campaign = make_case(network, alias="Baran"), make_campaign(network, slug="lake", alias="Baran")
    pages = [page_of(case), f"/api/v1/cases/{case.public_id}/"]
    asks = ["/campaigns/lake/", f"/api/v1/campaigns/{campaign.public_id}/"]
    assert {Client().get(path).status_code for path in pages + asks} == {200}
    now = timezone.now()
    for row in (case, campaign.case):
        said = consenting.Consent(
            given_by="family", scopes=("alias", "narrative", "petition"), expires_at=now + timedelta(days=9)
        )
        consenting.record_consent(row.pk, said, by=network.writer, at=now)
        row.refresh_from_db()
    approve_case(network, case)
    approve_campaign(network, campaign)
    assert {Client().get(path).status_code for path in pages + asks} == {410}
    assert "was-named" in publishing.missing_of(case.pk, at=now)
    assert "Baran" not in Client().get("/defenders/").content.decode()


def test_by_name_again_it_comes_back(network):
    case, now = make_case(network, alias="Baran"), timezone.now()
    for scopes in (("alias", "narrative"), ("name", "narrative")):
        said = consenting.Consent(given_by="family", scopes=scopes, expires_at=now + timedelta(days=9))
        consenting.record_consent(case.pk, said, by=network.writer, at=now)
    approve_case(network, case)
    keep_silence()  # the clock's job tells of the return, and gives the name its address again
    assert Client().get("/defenders/golnar-sabzrud/").status_code == 200


def test_a_child_is_shown_by_an_alias_unless_who_answers_for_it_said_more(network):
    case = make_case(network, alias="Baran", scopes=("name", "alias", "narrative", "age"), age_at_event=15)
    text = Client().get(page_of(case)).content.decode()
    assert (
        "Baran" in text
        and "Golnar" not in text
        and "15" not in re.sub(r"\d{4}-\d\d-\d\d", "", text).split("<main")[1][:900]
    )
    now = timezone.now()
    said = ("name", "alias", "narrative", "age", "child")
    consent = consenting.Consent(given_by="self", scopes=said, expires_at=now + timedelta(days=9))
    consenting.record_consent(case.pk, consent, by=network.writer, at=now)
    approve_case(network, case)
    assert "Golnar" not in Client().get(page_of(case)).content.decode()  # the child's own word is not enough
    consent = consenting.Consent(given_by="family", scopes=said, expires_at=now + timedelta(days=9))
    consenting.record_consent(case.pk, consent, by=network.writer, at=timezone.now())
    approve_case(network, case)
    text = Client().get(page_of(case)).content.decode()
    assert "Golnar" in text and "15 years old when it happened" in text


def test_learning_that_it_is_a_child_silences_the_name_at_once(network):
    case = make_case(network, alias="Baran", scopes=("name", "alias", "narrative"))
    assert "Golnar" in Client().get(page_of(case)).content.decode()
    names = [
        describing.Name(kind=row.kind, language=row.language, text=row.text, short=row.short, is_display=row.is_display)
        for row in case.defender.names.order_by("pk")
    ]
    found = describing.Description(names=names, pronouns={}, sectors=[], rights=[], province="", age_at_event=16)
    describing.describe(case.pk, found, by=network.writer, at=timezone.now())
    assert Client().get(page_of(case)).status_code == 410
    assert OutboxEvent.objects.named("CaseSilenced").filter(subject_id=str(case.pk)).exists()


def test_after_a_death_the_page_is_a_memorial_or_nothing(network):
    case = make_case(network)
    campaign = make_campaign(network, slug="lake")
    Case.objects.filter(pk=campaign.case_id).update(defender=case.defender)
    make_status(network, case, "life", "died_in_custody")
    assert Client().get(page_of(case)).status_code == 410
    now = timezone.now()
    consent = consenting.Consent(
        given_by="family", scopes=("name", "narrative", "memorial"), expires_at=now + timedelta(days=9)
    )
    consenting.record_consent(case.pk, consent, by=network.writer, at=now)
    approve_case(network, case)
    text = Client().get(page_of(case)).content.decode()
    assert "In remembrance" in text and "Died in custody" in text


def test_a_campaign_for_the_dead_asks_for_an_investigation_or_is_silent(network):
    campaign = make_campaign(network, slug="lake")
    make_status(network, campaign.case, "life", "killed")
    assert Client().get("/campaigns/lake/").status_code == 410
    now = timezone.now()
    said = ("name", "narrative", "petition", "memorial")
    consent = consenting.Consent(given_by="family", scopes=said, expires_at=now + timedelta(days=9))
    consenting.record_consent(campaign.case_id, consent, by=network.writer, at=now)
    assert Client().get("/campaigns/lake/").status_code == 410  # to let somebody go who has died is moot


def test_taking_off_takes_one_and_bringing_back_two(network):
    case = make_case(network)
    publishing.unpublish(case.pk, by=network.writer, at=timezone.now())
    assert Client().get(page_of(case)).status_code == 410
    with pytest.raises(publishing.CaseNotReady) as refused:
        publishing.publish(case.pk, by=network.approver, at=timezone.now())
    assert refused.value.missing == ("approval:facts",)
    approve_case(network, case)
    publishing.publish(case.pk, by=network.approver, at=timezone.now())
    assert Client().get(page_of(case)).status_code == 200
    assert OutboxEvent.objects.named("CaseReturned").filter(subject_id=str(case.pk)).count() == 1


def test_an_edit_waits_for_a_second_person_and_says_so(network):
    case = make_case(network)
    words = {"who": "A measurer", "summary": "{person} counted birds.", "story": ""}
    telling.write(case.pk, {"en": words}, by=network.writer, at=timezone.now())
    assert "counted birds" not in Client().get(page_of(case)).content.decode()
    approve_case(network, case)
    assert "counted birds" in Client().get(page_of(case)).content.decode()


def test_archived_it_is_readable_and_in_no_list(network):
    case = make_case(network)
    publishing.archive(case.pk, by=network.writer, at=timezone.now())
    assert "no longer kept up to date" in Client().get(page_of(case)).content.decode()
    assert "Golnar" not in Client().get("/defenders/").content.decode()


def test_lists_filter_by_what_may_be_told_and_by_nothing_else(network):
    shown = make_case(network, scopes=("name", "narrative", "province"), province_id="IR-23", rights=["health"])
    make_case(network, name="Aban Hidden", name_fa="آبان", province_id="IR-12", rights=["education"])
    assert "IR-23" in Client().get("/defenders/").content.decode()
    assert "IR-12" not in Client().get("/defenders/").content.decode()  # no consent tells that province
    for query, finds in (
        ({"province": "IR-23"}, ["Golnar Sabzrud"]),
        ({"province": "IR-12"}, []),
        ({"right": "education"}, ["Aban Hidden"]),
        ({"status": "detained"}, ["Aban Hidden", "Golnar Sabzrud"]),
        ({"q": "golnar-SABZRUD"}, ["Golnar Sabzrud"]),
        ({"q": "سبزرُود"}, ["Golnar Sabzrud"]),
        ({"q": "nobody"}, []),
        ({"from": "x", "right": "<script>"}, []),
    ):
        page = Client().get("/defenders/", query).content.decode()
        found = [name for name in ("Aban Hidden", "Golnar Sabzrud") if f">{name}<" in page]
        assert found == finds, query
    assert shown


def test_lists_ask_the_database_no_more_for_many(network):
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(path).status_code == 200
        return len(captured)

    def plant(numbers: range) -> None:
        for number in numbers:
            make_case(network, name=f"Person{number} Sabz{number}", scopes=("name", "narrative", "photo"))
            make_campaign(network, slug=f"campaign-{number}")

    lists = ("/defenders/", "/campaigns/", "/", "/api/v1/cases/", "/api/v1/campaigns/")
    plant(range(1))
    few = [asked(path) for path in lists]
    plant(range(1, 4))
    cache.clear()
    many = [asked(path) for path in lists]
    growth = {path: (more - less) / 3 for path, less, more in zip(lists, few, many, strict=True)}
    assert growth["/defenders/"] == 0
    assert max(growth.values()) <= 10, growth  # the API tells each whole, and the law is judged for each campaign


def test_the_feed_is_valid_atom_with_a_tombstone_for_what_fell_silent(network):
    case = make_case(network)
    other = make_case(network, name="Aban Other", name_fa="آبان")
    silencing.withdraw_case(other.pk, by=network.writer, at=timezone.now())
    for prefix in ("", "/fa"):
        body = Client().get(f"{prefix}/feeds/defenders.atom").content
        feed = ElementTree.fromstring(body)
        entries = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        assert (feed.tag, entries) == (f"{ATOM}feed", [f"urn:uuid:{case.public_id}"])
        for needed in ("id", "title", "updated"):  # what RFC 4287 asks of every feed and entry
            assert feed.findtext(f"{ATOM}{needed}") and feed.findtext(f"{ATOM}entry/{ATOM}{needed}")
        text = body.decode()
        assert f'ref="urn:uuid:{other.public_id}"' in text and "Aban" not in text
    campaign = make_campaign(network, slug="lake")
    assert "The lake" in Client().get("/feeds/campaigns.atom").content.decode()
    silencing.withdraw_case(campaign.case_id, by=network.writer, at=timezone.now())
    text = Client().get("/feeds/campaigns.atom").content.decode()
    assert f"urn:uuid:{campaign.public_id}" in text and "The lake" not in text


def test_what_one_source_alone_reports_is_said_to_be_unconfirmed(network):
    case = make_case(network)
    make_event(network, case)
    assert "not yet confirmed by anybody else" in Client().get(page_of(case)).content.decode()
    source = telling.record_source(
        case.pk, kind="media", reliability="unsure", note="", by=network.writer, at=timezone.now()
    )
    case.timeline.get().confirmed_by.set([source])
    assert "not yet confirmed" not in Client().get(page_of(case)).content.decode()


def test_own_words_are_translated_by_their_consent_alone(network):
    case = make_case(network, scopes=("name", "narrative", "quote"))
    make_own_words(network, case)
    text = Client().get(page_of(case)).content.decode()
    assert "بگذارید دریاچه بماند." in text and "Let the lake be." not in text


def test_anybody_may_ask_to_correct_on_the_cases_own_page(network, settings):
    settings.CORRECTION_REQUESTS_PER_CASE_PER_DAY = 1
    case = make_case(network)
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    url = f"{page_of(case)}correcting/"
    asked = {"wish": "correct", "words": "It was a Tuesday.", "email": ""}
    assert "We have your request" in client.post(url, asked).content.decode()
    assert client.post(url, asked).status_code == 429
    assert case.correction_requests.count() == 1
    assert Client().get(page_of(case)).status_code == 200  # nothing hides by itself


def test_a_partner_reads_what_it_was_given_and_no_more(network, deliver_all):
    case = make_case(network, scopes=None, partners=("name", "narrative"))
    partner = make_partner(network)
    key = Client(headers={"Authorization": f"Bearer {make_key(partner)}"})
    editor, approver = enter_workspace(network.writer, deliver_all), enter_workspace(network.approver, deliver_all)
    grant = {
        "organisation": str(partner.public_id),
        "licence": "To prepare a submission.",
        "expires_at": (date.today() + timedelta(days=30)).isoformat(),
    }
    url = f"/organise/cases/{case.pk}/grants/"
    assert editor.post(url, grant).status_code == 400  # on probation it gets nothing
    vetting.promote(partner.pk, by=network.writer, at=timezone.now())
    vetting.promote(partner.pk, by=network.approver, at=timezone.now())
    assert Organisation.objects.get(pk=partner.pk).standing == "full"
    assert editor.post(url, grant).status_code == 302
    row = CaseGrant.objects.get()
    assert key.get("/api/v1/organisation/cases/").json()["results"] == []
    assert editor.post(f"/organise/grants/{row.pk}/agreeing/").status_code == 403
    assert approver.post(f"/organise/grants/{row.pk}/agreeing/").status_code == 302
    [given] = key.get("/api/v1/organisation/cases/").json()["results"]
    assert (given["licence"], given["case"]["names"][0]["text"]) == ("To prepare a submission.", "Golnar Sabzrud")
    for client in (Client(), key):
        assert client.get(f"/api/v1/cases/{case.public_id}/").status_code in {404, 410}
        assert "Golnar" not in client.get("/api/v1/cases/").content.decode()
    other = Client(headers={"Authorization": f"Bearer {make_key(make_partner(network, name='Other'))}"})
    assert other.get("/api/v1/organisation/cases/").json()["results"] == []
    silencing.withdraw_case(case.pk, by=network.writer, at=timezone.now())
    [given] = key.get("/api/v1/organisation/cases/").json()["results"]
    assert given["case"] is None
    relay()
    feed = key.get("/api/v1/changes").json()["changes"]
    assert ("granted_case.changed", str(case.public_id)) in {(one["type"], one["id"]) for one in feed}
    assert str(case.public_id) not in Client().get("/api/v1/changes").content.decode()
    editor.post(f"/organise/grants/{row.pk}/revoking/")
    assert key.get("/api/v1/organisation/cases/").json()["results"] == []


def test_opening_what_is_sealed_is_on_the_record(network, deliver_all):
    case = make_case(network)
    now = timezone.now()
    consent = consenting.Consent(
        given_by="lawyer",
        scopes=("name", "narrative"),
        expires_at=now + timedelta(days=9),
        authority="Planted authority",
        evidence="Planted place of evidence",
    )
    consenting.record_consent(case.pk, consent, by=network.writer, at=now)
    approver = enter_workspace(network.approver, deliver_all)
    page = approver.get(f"/organise/cases/{case.pk}/sealed/").content.decode()
    assert "Planted authority" in page and "Planted place of evidence" in page
    relay()
    entry = AuditEntry.objects.get(name="SealedRecordRead")
    assert entry.actor_handle == network.approver.audit_handle
    editor_page = approver.get(f"/organise/cases/{case.pk}/").content.decode()
    assert "Planted authority" not in editor_page


def test_whom_nobody_acts_for_comes_first(network, deliver_all):
    forgotten = make_case(network)
    Case.objects.filter(pk=forgotten.pk).update(created_at=timezone.now() - timedelta(days=100))
    make_campaign(network)
    page = enter_workspace(network.writer, deliver_all).get("/organise/cases/neglected/").content.decode()
    assert page.count('class="task"') == 1
    assert "Golnar Sabzrud" in page and "Nobody has ever acted for them." in page


def test_a_turning_point_asks_for_consent_again(network, deliver_all):
    case = make_case(network, verified=False)
    desk = enter_workspace(network.writer, deliver_all)
    assert f"/organise/cases/{case.pk}/" not in desk.get("/organise/").content.decode()
    make_status(network, case, "liberty", "released_on_bail")
    assert f"/organise/cases/{case.pk}/" in desk.get("/organise/").content.decode()
    now = timezone.now()
    consent = consenting.Consent(given_by="family", scopes=("name", "narrative"), expires_at=now + timedelta(days=90))
    consenting.record_consent(case.pk, consent, by=network.writer, at=now)
    assert f"/organise/cases/{case.pk}/" not in desk.get("/organise/").content.decode()
