"""Participation's life, at the flow's own door."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from campaigns.flows.campaign import acting, counting
from campaigns.kinds.petition.answers import PetitionAnswers
from campaigns.models import Joining, Participation
from campaigns.refusals import ActionClosed
from network.flows.installing import install
from network.flows.relaying import relay
from network.models import OutboxEvent, Person
from tests.makers import make_campaign, make_network, make_participation


def entry(address="nasrin@people.example", name="Nasrin") -> acting.Entry:
    return acting.Entry(address=address, name=name, language="en", answers=PetitionAnswers())


@pytest.mark.django_db
class TestParticipation:
    def test_before_confirmation_nobody_exists(self, network):
        make_participation(make_campaign(network), "nasrin@people.example", confirmed=False)
        assert not Person.objects.filter(email="nasrin@people.example").exists()
        assert Joining.objects.count() == 0

    def test_following_is_joining_with_consent(self, network):
        row = make_participation(make_campaign(network), "nasrin@people.example", follow=True)
        assert Joining.objects.current().of(row.person).count() == 1
        assert row.person.contact_consents.in_force().count() == 1

    def test_unfollowed_signature_subscribes_to_nothing(self, network):
        row = make_participation(make_campaign(network), "nasrin@people.example")
        assert Joining.objects.of(row.person).count() == 0
        assert row.person.contact_consents.count() == 0

    def test_a_closed_action_refuses(self, network):
        action = make_campaign(network).actions.get()
        action.closed_at = timezone.now()
        action.save()
        with pytest.raises(ActionClosed):
            acting.enter(action.pk, entry(), at=timezone.now())

    def test_what_nobody_confirms_is_wiped_after_two_weeks(self, network):
        row = make_participation(make_campaign(network), "nasrin@people.example", confirmed=False)
        assert acting.expire(at=timezone.now() + timedelta(days=13)) == 0
        assert acting.expire(at=timezone.now() + timedelta(days=15)) == 1
        row.refresh_from_db()
        assert (row.state, row.address, row.name, row.answers) == ("expired", "", "", {})

    def test_an_expired_or_withdrawn_row_can_be_entered_again(self, network):
        campaign = make_campaign(network)
        row = make_participation(campaign, "nasrin@people.example")
        acting.withdraw(row.pk, by=row.person, at=timezone.now())
        again = make_participation(campaign, "nasrin@people.example", name="Nasrin II")
        relay()
        assert (again.pk, again.state) == (row.pk, "confirmed")
        assert counting.tally_of(row.action_id).confirmed == 1

    def test_a_name_of_an_existing_person_stays_theirs(self, network):
        make_participation(make_campaign(network), "nasrin@people.example", name="First")
        make_participation(make_campaign(network), "nasrin@people.example", name="Second")
        assert Person.objects.get(email="nasrin@people.example").display_name == "First"

    def test_reconciling_mends_a_wrong_tally_and_says_so(self, network):
        row = make_participation(make_campaign(network), "nasrin@people.example")
        relay()
        tally = counting.tally_of(row.action_id)
        tally.confirmed = 7
        tally.save()
        assert counting.reconcile(at=timezone.now()) == {row.action_id: -6}
        assert counting.tally_of(row.action_id).confirmed == 1
        assert counting.reconcile(at=timezone.now()) == {}


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_are_one_row_one_person_one_count():
    install(trial=True, at=timezone.now())
    campaign = make_campaign(make_network())
    action_id = campaign.actions.get().pk
    errors: list[Exception] = []

    def sign() -> None:
        try:
            row = acting.enter(action_id, entry(), at=timezone.now())
            acting.confirm(row.pk, name="Nasrin", answers=PetitionAnswers(), at=timezone.now())
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    relay()
    assert errors == []
    assert Participation.objects.count() == 1
    assert Person.objects.filter(email="nasrin@people.example").count() == 1
    assert OutboxEvent.objects.named("ParticipationConfirmed").count() == 1
    assert counting.tally_of(action_id).confirmed == 1
