"""Scenario 13: a sentenced prisoner on hunger strike who is denied care: every facet is shown with its source and date,
the headline is the gravest; and nothing is shown that consent does not cover or no second person verified."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.models import CaseStatus
from campaigns.publishing.status import HEADLINES, WORDS, gravity
from tests.makers import enter_workspace, make_campaign

pytestmark = pytest.mark.django_db
SCOPES = ("name", "narrative", "petition", "health", "charges")
FACETS = ["legal:serving", "condition:hunger_strike", "condition:medical_need_denied", "liberty:detained"]


def shown(campaign) -> list[dict]:
    return Client().get(f"/api/v1/campaigns/{campaign.public_id}/").json()["statuses"]


def put_on_record(editor: Client, campaign, status: str, *, since: str = "2026-10-18", **more: str):
    data = {"status": status, "from_earliest": since, "from_latest": "", "reporter": "lawyer"}
    data |= {"source_reliability": "highly_reliable", "item_reliability": "likely_reliable", **more}
    return editor.post(f"/organise/cases/{campaign.case_id}/statuses/recording/", data)


def test_all_facets_each_with_source_and_date_and_the_gravest_leads(network, deliver_all):
    campaign = make_campaign(network, scopes=SCOPES)
    writer, approver = (enter_workspace(person, deliver_all) for person in (network.writer, network.approver))
    for facet in FACETS:
        assert put_on_record(writer, campaign, facet).status_code == 302
    assert shown(campaign) == []  # nobody has looked yet
    for row in CaseStatus.objects.all():
        assert writer.post(f"/organise/statuses/{row.pk}/verifying/").status_code == 403
        assert approver.post(f"/organise/statuses/{row.pk}/verifying/").status_code == 302
    found = shown(campaign)
    assert [one["value"] for one in found] == ["hunger_strike", "medical_need_denied", "serving", "detained"]
    assert [one["is_headline"] for one in found] == [True, False, False, False]
    assert {(one["from_latest"], one["reported"]) for one in found} == {("2026-10-18", "as reported by the lawyer")}
    page = Client().get(f"/campaigns/{campaign.slug}/").content.decode()
    assert page.index("On hunger strike") < page.index("Medical care denied") < page.index("Serving a sentence")
    persian = Client().get(f"/fa/campaigns/{campaign.slug}/").content.decode()
    assert "در اعتصاب غذا" in persian and "۲۶ مهر ۱۴۰۵" in persian


def test_each_facet_needs_its_own_yes(network, deliver_all):
    campaign = make_campaign(network, scopes=("name", "narrative", "petition"))
    writer, approver = (enter_workspace(person, deliver_all) for person in (network.writer, network.approver))
    for facet in [*FACETS, "condition:family_pressure"]:
        put_on_record(writer, campaign, facet)
    for row in CaseStatus.objects.all():
        approver.post(f"/organise/statuses/{row.pk}/verifying/")
    assert [one["value"] for one in shown(campaign)] == ["detained"]
    text = Client().get(f"/campaigns/{campaign.slug}/").content.decode()
    assert "hunger" not in text and "Medical" not in text and "Serving" not in text


def test_a_newer_row_supersedes_and_nothing_is_lost(network, deliver_all):
    campaign = make_campaign(network, scopes=SCOPES)
    writer, approver = (enter_workspace(person, deliver_all) for person in (network.writer, network.approver))
    for value, since in (("detained", "2026-01-05"), ("released_on_bail", "2026-03-01"), ("detained", "2026-05-01")):
        put_on_record(writer, campaign, f"liberty:{value}", since=since)
        before = [one["value"] for one in shown(campaign)]
        row = CaseStatus.objects.order_by("-pk").first()
        assert value not in before or since == "2026-05-01"  # readers keep the old until somebody looked at the new
        approver.post(f"/organise/statuses/{row.pk}/verifying/")
        assert [one["value"] for one in shown(campaign)] == [value]
    assert CaseStatus.objects.count() == 3
    last = CaseStatus.objects.order_by("-pk").first()
    assert writer.post(f"/organise/statuses/{last.pk}/ending/").status_code == 404  # it becomes something else, by two
    assert [one["value"] for one in shown(campaign)] == ["detained"]
    put_on_record(writer, campaign, "condition:solitary", since="2026-05-02")
    row = CaseStatus.objects.order_by("-pk").first()
    approver.post(f"/organise/statuses/{row.pk}/verifying/")
    writer.post(f"/organise/statuses/{row.pk}/ending/")
    assert [one["value"] for one in shown(campaign)] == ["detained"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "liberty:hunger_strike"}, "Select a valid choice"),
        ({"from_earliest": "2099-01-01"}, "has not come yet"),
        ({"from_earliest": "1505-01-01"}, "The year must lie between"),
        ({"from_earliest": ""}, "This field is required"),
        ({"from_latest": "2020-01-01"}, "before the first"),
    ],
)
def test_what_cannot_be_is_said(network, deliver_all, change, said):
    campaign = make_campaign(network)
    writer = enter_workspace(network.writer, deliver_all)
    status = change.pop("status", "liberty:detained")
    answer = put_on_record(writer, campaign, status, since=change.pop("from_earliest", "2026-10-18"), **change)
    assert answer.status_code == 400 and said in answer.content.decode()
    assert CaseStatus.objects.count() == 0


def test_the_order_of_gravity_names_every_grave_value_once():
    known = {value for values in WORDS.values() for value in values}
    assert set(HEADLINES) <= known and len(set(HEADLINES)) == len(HEADLINES)
    assert gravity("imminent_execution") < gravity("disappeared") < gravity("executed") < gravity("hunger_strike")
    assert gravity("hunger_strike") < gravity("detained") < gravity("released_on_bail") < gravity("released")
    assert gravity("alive") == len(HEADLINES)


def test_a_range_of_days_is_shown_as_one(network, deliver_all):
    campaign = make_campaign(network, scopes=SCOPES)
    writer, approver = (enter_workspace(person, deliver_all) for person in (network.writer, network.approver))
    put_on_record(writer, campaign, "liberty:arrested", since="2022-09-23", from_latest="2022-10-22")  # Mehr 1401
    approver.post(f"/organise/statuses/{CaseStatus.objects.get().pk}/verifying/")
    assert shown(campaign)[0]["from_earliest"] == date(2022, 9, 23).isoformat()
    assert "between" in Client().get(f"/campaigns/{campaign.slug}/").content.decode()
    assert timezone.now().date() > date(2022, 10, 22)
