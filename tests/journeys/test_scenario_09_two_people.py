"""Scenario 9: who wrote a draft cannot approve it; when somebody else does it publishes, and both are in the audit."""

import re

import pytest

from network.flows.relaying import relay
from network.models import AuditEntry
from tests.journeys.test_an_organiser_launches import approve_all
from tests.makers import enter_workspace, make_campaign

pytestmark = pytest.mark.django_db


def test_nobody_publishes_alone(network, deliver_all, visitor):
    campaign = make_campaign(network, launched=False, approved=False)
    writer, approver = (enter_workspace(person, deliver_all) for person in (network.writer, network.approver))
    url = f"/organise/campaigns/{campaign.pk}/"
    part, digest = next((part.name, part.digest) for part in campaign.parts())
    assert writer.post(f"{url}approving/", {"part": part, "digest": digest}).status_code == 403
    assert not re.search(r'name="digest"', writer.get(url).content.decode())  # not even offered
    assert writer.post(f"{url}launching/").status_code == 409

    assert approve_all(approver, url) == 5
    assert writer.post(f"{url}launching/").status_code == 302
    assert visitor.get(f"/campaigns/{campaign.slug}/").status_code == 200
    relay()
    approvals = AuditEntry.objects.filter(name="ApprovalGiven").order_by("-position")[:3]
    assert {entry.actor_handle for entry in approvals} == {network.approver.audit_handle}
    launched = AuditEntry.objects.get(name="CampaignLaunched")
    assert launched.actor_handle == network.writer.audit_handle
