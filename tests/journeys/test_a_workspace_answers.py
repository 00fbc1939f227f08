"""Small things an organiser leans on: every deed is answered, what cannot both be so is pointed out, a province that is
missing can be added and none renamed by one person alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.gate import publishing, silencing
from campaigns.flows.record import telling
from campaigns.models import Province
from notifications.models import Alert
from tests.makers import enter_workspace, make_alert, make_campaign, make_case, make_status
from tests.makers.cases import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(network, deliver_all) -> Client:
    return enter_workspace(network.writer, deliver_all)


def test_a_deed_is_answered_once(network, desk):
    case = make_case(network, published=False)
    answer = desk.post(f"/organise/cases/{case.pk}/submitting/", follow=True)
    assert "Done, and on record." in answer.content.decode()
    assert "Done, and on record." not in desk.get(f"/organise/cases/{case.pk}/").content.decode()


def test_what_is_refused_is_not_answered_as_done(network, desk):
    case = make_case(network, published=False)
    desk.post(f"/organise/cases/{case.pk}/statuses/recording/", {"status": "life:nonsense"})
    assert "Done, and on record." not in desk.get(f"/organise/cases/{case.pk}/").content.decode()


@pytest.mark.parametrize(
    ("statuses", "says"),
    [
        ([("liberty", "released"), ("legal", "serving")], "Released · Serving a sentence"),
        ([("legal", "acquitted"), ("condition", "execution_risk")], "Acquitted · At risk of execution"),
        ([("life", "executed"), ("liberty", "detained")], "Executed · Detained"),
    ],
)
def test_what_cannot_both_be_so_is_pointed_out(network, desk, statuses, says):
    case = make_case(network, published=False, verified=False)
    for dimension, value in statuses:
        make_status(network, case, dimension, value)
    assert says in desk.get(f"/organise/cases/{case.pk}/statuses/").content.decode()


def test_what_goes_together_is_left_alone(network, desk):
    case = make_case(network, published=False)
    make_status(network, case, "legal", "serving")
    make_status(network, case, "condition", "hunger_strike")
    assert "do not go together" not in desk.get(f"/organise/cases/{case.pk}/statuses/").content.decode()


def test_in_persian_the_persian_words_come_first(network, desk):
    case = make_case(network, published=False)
    for path in ("words/", "timeline/"):
        for prefix, first, second in (("", "_en", "_fa"), ("/fa", "_fa", "_en")):
            page = desk.get(f"{prefix}/organise/cases/{case.pk}/{path}").content.decode()
            names = re.findall(r'<textarea name="(?:\w+-)?\w+(_en|_fa)"', page) or re.findall(
                r'name="\w+-words(_en|_fa)"', page
            )
            assert names.index(first) < names.index(second)


def test_no_campaign_is_offered_where_nobody_said_yes(network, desk):
    agreed, silent = make_case(network), make_case(network, published=False)
    silent.consents.all().delete()
    page = desk.get("/organise/cases/").content.decode()
    assert f'action="/organise/cases/{agreed.pk}/campaigns/"' in page
    assert f'action="/organise/cases/{silent.pk}/campaigns/"' not in page
    assert f'href="/organise/cases/{silent.pk}/#consents"' in page


def test_a_letter_that_outlives_the_day_it_names_is_pointed_out(network, desk):
    alert = make_alert(network, make_campaign(network, slug="lake"))
    in_a_week = timezone.now() + timedelta(days=7)
    Alert.objects.filter(pk=alert.pk).update(expires_at=in_a_week + timedelta(days=7))
    page = f"/organise/alerts/{alert.pk}/"
    assert "would read of a day that is past" not in desk.get(page).content.decode()
    day = f"{in_a_week.day} {in_a_week:%B}"
    alert.variants.filter(language="en").update(body_text=f"Write before {day}.")
    assert "would read of a day that is past" in desk.get(page).content.decode()
    Alert.objects.filter(pk=alert.pk).update(expires_at=in_a_week)
    assert "would read of a day that is past" not in desk.get(page).content.decode()


def test_a_missing_province_of_any_state_is_added_and_none_is_renamed(network, desk):
    added = desk.post(
        "/organise/provinces/", {"code": "fr-idf", "name_en": "Île-de-France", "name_fa": ""}, follow=True
    )
    assert "Île-de-France" in added.content.decode()
    assert Province.objects.get(pk="FR-IDF").country == "FR"
    again = desk.post("/organise/provinces/", {"code": "FR-IDF", "name_en": "Elsewhere"})
    assert again.status_code == 400
    assert Province.objects.get(pk="FR-IDF").names == {"en": "Île-de-France"}
    for code in ("QQ-1", "F-1", "FR", "FRANCE-1"):
        assert desk.post("/organise/provinces/", {"code": code, "name_en": "X"}).status_code == 400


def test_who_took_their_consent_back_is_left_in_peace(network, desk):
    case = make_case(network)
    consent = case.consents.get()
    make_status(network, case, "liberty", "released")  # a turning point would ask again
    silencing.withdraw_consent(consent.pk, by=None, at=timezone.now())
    page = desk.get("/organise/").content.decode()
    assert "Consent was taken back:" in page and "Nobody asks why, and nobody writes." in page
    assert "Ask again:" not in page


def test_a_title_that_a_browser_keeps_names_nobody(network, desk):
    case = make_case(network, alias="Baran", scopes=("alias", "narrative"))
    page = desk.get(f"/organise/cases/{case.pk}/").content.decode()
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert title == f"Case {case.pk} · Hamseda"


def test_a_case_for_partners_alone_says_so(network, desk):
    case = make_case(network, scopes=None, partners=("name", "narrative"), published=False)
    publishing.publish(case.pk, by=network.approver, at=timezone.now())
    page = desk.get(f"/organise/cases/{case.pk}/gate/").content.decode()
    assert "Published for partners alone" in page
    assert "partners who were given it read it" in page
    assert "Golnar Sabzrud" in desk.get(f"/organise/cases/{case.pk}/preview/").content.decode()


def test_nobody_verifies_what_no_reader_would_see(network, desk, deliver_all):
    case = make_case(network, alias="Baran", scopes=("alias", "narrative"))
    report = telling.Report(
        from_earliest=DAY, from_latest=DAY, reporter="family", source_reliability="unsure", item_reliability="unsure"
    )
    row = telling.record_event(
        case.pk, kind="arrest", words={"en": "Golnar was seized."}, report=report, by=network.writer, at=timezone.now()
    )
    approver = enter_workspace(network.approver, deliver_all)
    answer = approver.post(f"/organise/claims/event/{row.pk}/verifying/")
    assert answer.status_code == 409 and "“Golnar”" in answer.content.decode()
    row.refresh_from_db()
    assert row.verified_by is None
