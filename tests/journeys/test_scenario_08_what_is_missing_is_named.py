"""Scenario 8: a case without consent, or without a judgement of the risk, cannot be published; what is missing is named."""

import pytest

from campaigns.models import Campaign, Case, RiskAssessment
from tests.journeys.test_an_organiser_launches import CASE
from tests.makers import enter_workspace, make_campaign

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"scopes": None}, "Nobody’s consent is in force for this case."),
        (
            {"scopes": ("name",)},
            "The consent does not cover what happened, asking for signatures, and a name or alias.",
        ),
        ({"risk": None}, "No risk assessment in date permits publishing."),
        ({"risk": "stop"}, "A risk assessment says stop."),
        ({"approved": False}, "A second person has not approved what is asked, and of whom, as it stands."),
    ],
)
def test_what_is_missing_is_named(network, deliver_all, visitor, lacking, said):
    campaign = make_campaign(network, launched=False, **lacking)
    approver = enter_workspace(network.approver, deliver_all)
    answer = approver.post(f"/organise/campaigns/{campaign.pk}/launching/")
    assert answer.status_code == 409
    assert said in answer.content.decode().replace("&#x27;", "’").replace("'", "’")
    assert Campaign.objects.get(pk=campaign.pk).state == "draft"
    assert visitor.get(f"/campaigns/{campaign.slug}/").status_code == 404


def test_a_judgement_with_an_unanswered_question_is_none(network, deliver_all):
    client = enter_workspace(network.writer, deliver_all)
    for change, said in (
        ({"risk_source": ""}, "This field is required"),
        ({"risk_quiet": "yes"}, "They asked for quiet"),
        ({"risk_timing": "not_known"}, "the risk is not low"),
    ):
        answer = client.post("/organise/cases/new/", {**CASE, **change})
        assert answer.status_code == 400 and said in answer.content.decode()
        assert "Planted Organisername" in answer.content.decode()  # nothing typed is lost
    assert Case.objects.count() == 0
    assert client.post("/organise/cases/new/", CASE).status_code == 200
    assert RiskAssessment.objects.get().answers["hostile"] == "no"
