"""Scenario 1: a visitor registers with an e-mail and a display name; nothing counts before the confirmation, no page
lists them, and no screen reveals whether an address is known."""

import pytest
from django.test import Client

from network.models import Endorsement, Person
from tests.journeys.test_a_supporter_joins import path_in
from tests.makers import make_campaign

pytestmark = pytest.mark.django_db


def test_registering(network, visitor, deliver_all):
    campaign = make_campaign(network)
    data = {"name": "Planted-Name", "email": "planted@people.example", "endorse": "on"}
    sent = visitor.post("/join/", data, follow=True)
    assert Endorsement.objects.confirmed().count() == 0
    assert not Person.objects.filter(email="planted@people.example").exists()

    link = path_in(deliver_all().last("planted@people.example"), "join/confirm/")
    visitor.post(link, {"name": "Planted-Name"})
    assert Endorsement.objects.confirmed().count() == 1

    for path in ("/", "/campaigns/", f"/campaigns/{campaign.slug}/", "/join/", "/principles/", "/fa/"):
        page = Client().get(path).content.decode()
        assert "Planted-Name" not in page and "planted@" not in page, path

    again = Client(headers={"Sec-Fetch-Site": "same-origin"}).post("/join/", data, follow=True)
    assert (again.status_code, again.content) == (sent.status_code, sent.content)
