"""Scenario 14: a breach is cited only of what bound that State on that day; everything else is a standard beside it."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.record import citing, registering
from campaigns.models import Article, Citation, Instrument, Ratification, RatificationChange
from campaigns.refusals import NotBinding
from network.refusals import SamePersonApproves
from tests.makers import approve_campaign, enter_workspace, make_campaign

pytestmark = pytest.mark.django_db


def article(code: str) -> Article:
    instrument, number = code.split(":")
    return Article.objects.get(instrument__code=instrument, number=number)


@pytest.fixture
def campaign(network):
    found = make_campaign(network, approved=False)
    found.case.country = "IR"
    found.case.save()
    return found


def test_torture_is_a_breach_of_what_binds_and_the_rest_is_a_standard(network, campaign, deliver_all, visitor):
    editor = enter_workspace(network.writer, deliver_all)
    url = f"/organise/cases/{campaign.case_id}/law/"
    page = editor.get(url, {"violation": "torture", "on": "2024-05-01"}).content.decode()
    assert "ICCPR 7" in page and "CAT 1" in page

    refused = editor.post(f"{url}citing/", {"article": article("cat:1").pk, "on": "2024-05-01", "breach": "on"})
    text = refused.content.decode()
    assert refused.status_code == 409
    assert "did not bind that State on that day" in text
    assert "ICCPR 7" in text and "CAT 1" not in text.split("This bound it:")[1].split("Cited in this case")[0]
    assert Citation.objects.count() == 0

    editor.post(f"{url}citing/", {"article": article("iccpr:7").pk, "on": "2024-05-01", "breach": "on"})
    editor.post(f"{url}citing/", {"article": article("cat:1").pk, "on": "2024-05-01"})
    approve_campaign(network, campaign)
    shown = visitor.get(f"/api/v1/campaigns/{campaign.public_id}/").json()["law"]
    assert [(one["code"], one["is_binding"], one["since"]) for one in shown] == [
        ("iccpr:7", True, "1976-03-23"),
        ("cat:1", False, None),
    ]
    assert "binding since" in visitor.get(f"/campaigns/{campaign.slug}/").content.decode()


@pytest.mark.parametrize(
    ("code", "on", "binds"),
    [
        ("iccpr:7", date(1970, 1, 1), False),
        ("iccpr:7", date(1975, 12, 31), False),  # ratified, not in force yet
        ("iccpr:7", date(1976, 3, 22), False),
        ("iccpr:7", date(1976, 3, 23), True),
        ("crpd:5", date(2009, 11, 21), False),
        ("crpd:5", date(2009, 11, 22), True),
        ("cat:1", date(2024, 1, 1), False),
        ("udhr:5", date(2024, 1, 1), False),
        ("cedaw:2", date(2024, 1, 1), False),
        ("vccr:36", date(2024, 1, 1), False),  # party, but since when is not on record
    ],
)
def test_to_the_day(network, campaign, code, on, binds):
    def cite() -> Citation:
        return citing.cite(
            campaign.case_id, article(code), occurred_on=on, is_breach=True, by=network.writer, at=timezone.now()
        )

    if binds:
        assert cite().is_breach
    else:
        with pytest.raises(NotBinding):
            cite()


def test_the_same_rule_for_any_state(network, campaign, deliver_all):
    campaign.case.country = "CH"
    campaign.case.save()
    editor = enter_workspace(network.writer, deliver_all)
    form = {"instrument": Instrument.objects.get(code="cat").pk, "country": "CH", "status": "ratified"}
    assert editor.post("/organise/law/ratifications/", form).status_code == 400  # no day, nothing binding
    editor.post("/organise/law/ratifications/", {**form, "done_on": "1986-12-02", "in_force_on": "1987-06-26"})
    url = f"/organise/cases/{campaign.case_id}/law/citing/"
    breach = {"article": article("cat:1").pk, "on": "2024-05-01", "breach": "on"}
    assert editor.post(url, breach).status_code == 409  # one person has read it; it binds in nothing yet
    change = RatificationChange.objects.get()
    with pytest.raises(SamePersonApproves):
        registering.decide_ratification(change.pk, is_so=True, by=network.writer, at=timezone.now())
    assert "26 Jun 1987" not in Client().get("/law/?state=CH").content.decode()
    second = enter_workspace(network.approver, deliver_all)
    assert "CAT" in second.get("/organise/law/ratifications/").content.decode()
    second.post(f"/organise/law/ratifications/{change.pk}/deciding/", {"is_so": "yes"})
    assert editor.post(url, breach).status_code == 302
    assert editor.post(url, {**breach, "on": "2099-01-01"}).status_code == 409  # what has not happened breached nothing
    assert "26 Jun 1987" in editor.get("/law/?state=CH").content.decode()


def test_a_citation_added_after_approval_needs_it_again(network, campaign, visitor):
    approve_campaign(network, campaign)
    assert visitor.get(f"/campaigns/{campaign.slug}/").status_code == 200
    citing.cite(
        campaign.case_id,
        article("iccpr:7"),
        occurred_on=datetime(2024, 5, 1).date(),
        is_breach=True,
        by=network.writer,
        at=timezone.now(),
    )
    assert visitor.get(f"/campaigns/{campaign.slug}/").status_code == 410


def test_what_is_corrected_stays_corrected():
    Ratification.objects.filter(instrument__code="iccpr", country="IR").update(reservation="Corrected.")
    assert registering.adopt_shipped() == 0
    assert Ratification.objects.get(instrument__code="iccpr", country="IR").reservation == "Corrected."


def test_the_state_is_said_first_and_stays(network, deliver_all):
    case = make_campaign(network).case
    editor = enter_workspace(network.writer, deliver_all)
    url = f"/organise/cases/{case.pk}/law/"
    cite = {"article": article("iccpr:7").pk, "on": "2024-05-01", "breach": "on"}
    assert editor.post(f"{url}citing/", cite).status_code == 409
    assert editor.post(f"{url}state/", {"country": "ZZ"}).status_code == 400
    editor.post(f"{url}state/", {"country": "IR"})
    assert editor.post(f"{url}citing/", cite).status_code == 302
    editor.post(f"{url}state/", {"country": "CH"})
    case.refresh_from_db()
    assert case.country == "IR"  # what was cited was cited against it
