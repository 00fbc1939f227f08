"""Scenario 8: a case without consent, or without a judgement of the risk, cannot be published; what is missing is named."""

import pytest

from campaigns.models import Campaign
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
        ({"approved": False}, "A second person has not approved the facts as they stand."),
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
