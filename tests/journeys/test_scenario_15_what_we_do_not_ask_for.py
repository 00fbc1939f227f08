"""Scenario 15: a campaign that urges force or backs a party does not launch, and the principle is quoted; nor does one without a
named target or a specific ask. Mended, it launches."""

import pytest

from campaigns.models import Campaign, CampaignText
from tests.campaigns.test_conduct import draft, shipped_principles
from tests.makers import enter_workspace

pytestmark = pytest.mark.django_db
__all__ = ["shipped_principles"]  # a fixture: the principles as they are shipped


@pytest.mark.parametrize(
    ("ask", "clause"),
    [
        ("We ask that they invade and free {person}", "No call for force"),
        ("Vote for the Green Party and free {person}", "No party, no leader"),
    ],
)
def test_it_cannot_launch_and_the_principle_is_quoted(network, deliver_all, visitor, ask, clause):
    campaign = draft(network, ask=ask)
    approver = enter_workspace(network.approver, deliver_all)
    for page in (
        approver.get(f"/organise/campaigns/{campaign.pk}/"),
        approver.post(f"/organise/campaigns/{campaign.pk}/launching/"),
    ):
        assert clause in page.content.decode() and "asks for what we do not ask for" in page.content.decode()
    persian = approver.get(f"/fa/organise/campaigns/{campaign.pk}/").content.decode()
    assert "asks for what we do not ask for" not in persian
    assert Campaign.objects.get(pk=campaign.pk).state == "draft"
    assert visitor.get(f"/campaigns/{campaign.slug}/").status_code == 404


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ("target", "Say to whom it is addressed."),
        ("asks", "Choose what we ask for."),
    ],
)
def test_without_a_target_or_a_specific_ask_it_does_not_launch(network, deliver_all, lacking, said):
    campaign = draft(network)
    if lacking == "asks":
        campaign.demands.update(asks="")
    else:
        campaign.demands.get().target.texts.update(title="")
    approver = enter_workspace(network.approver, deliver_all)
    answer = approver.post(f"/organise/campaigns/{campaign.pk}/launching/")
    assert answer.status_code == 409 and said in answer.content.decode()
    assert Campaign.objects.get(pk=campaign.pk).state == "draft"


def test_mended_and_approved_anew_it_launches(network, deliver_all, visitor):
    campaign = draft(network, ask="We ask that they invade and free {person}")
    text = CampaignText.objects.get(campaign=campaign)
    text.ask = "To the Court: let every charge fall."
    text.save()
    approver = enter_workspace(network.approver, deliver_all)
    assert approver.post(f"/organise/campaigns/{campaign.pk}/launching/").status_code == 409  # the words are others
    part = next(one for one in Campaign.objects.get(pk=campaign.pk).parts() if one.name == "text:en")
    approver.post(f"/organise/campaigns/{campaign.pk}/approving/", {"part": part.name, "digest": part.digest})
    assert approver.post(f"/organise/campaigns/{campaign.pk}/launching/").status_code == 302
    assert "let every charge fall" in visitor.get(f"/campaigns/{campaign.slug}/").content.decode()
