import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import joining
from campaigns.models import Joining
from network.flows import erasing
from network.models import ContactConsent
from notifications.links import Subscription, unsubscribe_token
from tests.makers import make_campaign, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(network):
    campaign = make_campaign(network)
    person = make_person("member@people.example", name="Member-Name")
    joining.join(person, campaign, through="test", at=timezone.now())
    return person, f"/unsubscribe/{unsubscribe_token(Subscription(person.public_id, campaign.pk))}/"


def test_the_page_shows_choices_and_neither_name_nor_address(member):
    page = Client().get(member[1]).content.decode()
    assert "Member-Name" not in page and "member@people.example" not in page
    assert page.count("<form method") == 2


def test_muting_one_campaign_keeps_the_consent(member):
    assert Client().post(f"{member[1]}muting/").status_code == 200
    assert Joining.objects.current().unmuted().of(member[0]).count() == 0
    assert ContactConsent.objects.in_force().filter(person=member[0]).count() == 1


def test_pressing_twice_is_pressing_once(member):
    assert [Client().post(member[1]).status_code for _ in range(2)] == [200, 200]
    assert ContactConsent.objects.in_force().filter(person=member[0]).count() == 0


def test_the_link_of_an_erased_person_answers_as_ever(member):
    erasing.erase(member[0], at=timezone.now())
    assert Client().get(member[1]).status_code == 200
    assert Client().post(member[1]).status_code == 200


def test_a_forged_link_touches_nobody(member):
    assert Client().post(member[1][:-3] + "x/").status_code == 404
    assert ContactConsent.objects.in_force().filter(person=member[0]).count() == 1
