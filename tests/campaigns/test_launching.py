from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.flows.campaign import launching
from campaigns.models import Campaign
from campaigns.refusals import CampaignNotReady
from network.flows.approving import approve
from network.refusals import SamePersonApproves
from tests.makers import make_campaign

pytestmark = pytest.mark.django_db


def test_a_ready_campaign_goes_live(network):
    campaign = make_campaign(network, launched=False)
    launching.launch(campaign.pk, by=network.approver, at=timezone.now())
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.LIVE


@pytest.mark.parametrize(
    ("without", "missing"),
    [
        ({"scopes": None}, ["consent"]),
        ({"scopes": ("name",)}, ["consent-scope"]),
        ({"risk": None}, ["risk-assessment"]),
        ({"risk": "stop"}, ["risk-assessment", "risk-says-stop"]),
        ({"consent_until": timezone.now() - timedelta(days=1)}, ["consent"]),
        (
            {"approved": False},
            ["approval:facts", "approval:case", "approval:text:en", "approval:text:fa", "approval:safety"],
        ),
        ({"deck": "Golnar Sabzrud did."}, ["unfit:en:name:Golnar Sabzrud"]),
        ({"deck": "{nobody} did."}, ["unknown-slot:en:nobody"]),
    ],
)
def test_a_missing_item_is_named(network, without, missing):
    campaign = make_campaign(network, launched=False, **without)
    with pytest.raises(CampaignNotReady) as refused:
        launching.launch(campaign.pk, by=network.approver, at=timezone.now())
    assert list(refused.value.missing) == missing
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.DRAFT


def test_nobody_approves_what_they_wrote(network):
    campaign = make_campaign(network, approved=False)
    with pytest.raises(SamePersonApproves):
        approve("campaign", campaign.pk, campaign.parts()[0], by=network.writer, at=timezone.now())
