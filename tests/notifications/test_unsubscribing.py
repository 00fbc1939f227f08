import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import joining
from campaigns.models import Joining
from network.flows import erasing
from network.models import ContactConsent, Person
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
    assert page.count("<form method") == 4


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
    assert Client().post(f"{member[1]}here/").status_code == 200
    assert Client().post(f"{member[1]}choosing/", {"pace": "asked", "language": "en"}).status_code == 200


FORGED = ["", "muting/", "here/", "choosing/"]


@pytest.mark.parametrize("where", FORGED)
def test_a_forged_link_touches_nobody(member, where):
    answer = Client().post(f"{member[1][:-3]}x/{where}", {"pace": "urgent", "language": "fa"})
    assert answer.status_code == 404
    assert channels_of(member[0]) == ["email"]
    member[0].refresh_from_db()
    assert (member[0].pace, member[0].language) == ("asked", "en")


def channels_of(person):
    given = ContactConsent.objects.in_force().for_alerts().filter(person=person)
    return sorted(given.values_list("channel", flat=True))


def test_letters_can_wait_on_the_page_and_leave_the_mailbox(member):
    assert [Client().post(f"{member[1]}here/").status_code for _ in range(2)] == [200, 200]
    assert channels_of(member[0]) == ["inbox"]


def test_whoever_gets_nothing_is_not_made_to_get_letters_on_a_page(member):
    Client().post(member[1])
    assert Client().post(f"{member[1]}here/").status_code == 200
    assert channels_of(member[0]) == []


def test_how_many_letters_and_in_which_language_is_chosen_without_signing_in(member):
    Person.objects.filter(pk=member[0].pk).update(neutral_mail=True, country="DE", zone="Europe/Berlin")
    answer = Client().post(f"{member[1]}choosing/", {"pace": "urgent", "language": "fa"})
    assert answer.status_code == 200 and 'lang="fa"' in answer.content.decode()
    person = Person.objects.get(pk=member[0].pk)
    assert (person.pace, person.language) == ("urgent", "fa")
    assert (person.neutral_mail, person.country, person.zone) == (True, "DE", "Europe/Berlin")
    page = Client().get(member[1])
    assert "no-store" in page["Cache-Control"]
    assert page.context["form"].initial == {"pace": "urgent", "language": "fa"}


def test_a_link_that_somebody_passed_on_makes_no_letters_come_that_were_declined(member):
    Person.objects.filter(pk=member[0].pk).update(pace="urgent")
    assert 'name="pace"' not in Client().get(member[1]).content.decode()
    assert Client().post(f"{member[1]}choosing/", {"pace": "asked", "language": "de"}).status_code == 200
    person = Person.objects.get(pk=member[0].pk)
    assert (person.pace, person.language) == ("urgent", "de")


@pytest.mark.parametrize("wrong", [{}, {"pace": "never", "language": "en"}, {"pace": "asked", "language": "tlh"}])
def test_a_choice_that_does_not_exist_is_shown_again_and_changes_nothing(member, wrong):
    answer = Client().post(f"{member[1]}choosing/", wrong)
    assert answer.status_code == 400 and answer.context["form"].errors
    assert Person.objects.get(pk=member[0].pk).pace == "asked"
