"""A computer's clock that is set forward or back while mail leaves: nobody is lost, nothing is sent twice."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from notifications.engine import dispatching, leasing, settling
from notifications.engine.lease import Lease
from notifications.flows import sweeping
from notifications.models import Chunk
from notifications.refusals import LeaseLost
from tests.makers import make_alert, make_campaign
from tests.notifications.test_dispatching import opened, send_all, states
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db
__all__ = ["opened"]  # a fixture


@pytest.mark.parametrize("hours", [-26, -1, 1, 26])
def test_a_clock_that_is_stepped_in_mid_way_loses_nobody_and_repeats_nothing(network, mailbox, settings, hours):
    """Leases go by the database's clock, pauses by one that never steps; tokens only ever rise."""
    settings.CHUNK_ROWS, settings.SMTP_CONNECTIONS = 4, 1
    alert = make_alert(network, make_campaign(network), audience=12)
    open_fully(alert)
    first = leasing.lease()
    leasing.extend(first)
    settling.give_back(first, [], away=False)
    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        dispatching.dispatch()
        second = leasing.lease()
    assert second is None
    send_all()
    sweeping.regroup(at=timezone.now())
    assert states(alert) == Counter({("sent", ""): 12})
    assert len(mailbox.received) == len({recipient for recipient, _mail in mailbox.received}) == 12
    assert min(Chunk.objects.filter(alert=alert).values_list("token", flat=True)) > 0


@pytest.mark.parametrize("hours", [-26, 26])
def test_a_lease_taken_over_after_a_step_of_the_clock_has_the_higher_token(opened, hours):
    held = leasing.lease()
    Chunk.objects.filter(pk=held.chunk.pk).update(leased_until=timezone.now() - timedelta(hours=1))
    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        taken = leasing.lease()
    assert taken.chunk.pk == held.chunk.pk and taken.token > held.token
    with pytest.raises(LeaseLost):
        leasing.extend(held)


def all_leases() -> list[Lease]:
    return list(iter(leasing.lease, None))


def test_what_a_dead_worker_held_does_not_wait_for_a_clock_that_was_set_back(opened, settings):
    """Its lease seems to last for a day more. The sweep cuts it to what a lease can be, and then it runs out as ever."""
    held = all_leases()
    Chunk.objects.update(leased_until=timezone.now() + timedelta(hours=26))
    assert leasing.lease() is None
    leasing.recover()
    latest = Chunk.objects.filter(alert=opened).order_by("-leased_until").first().leased_until
    assert latest <= timezone.now() + timedelta(seconds=settings.LEASE_SECONDS + 1)
    Chunk.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert {one.chunk.pk for one in all_leases()} == {one.chunk.pk for one in held}


def test_a_living_worker_keeps_its_chunk_when_the_databases_clock_is_set_back(opened):
    held = all_leases()
    Chunk.objects.update(leased_until=timezone.now() + timedelta(hours=26))
    leasing.recover()
    assert leasing.lease() is None
    assert all(leasing.extend(one) for one in held)


def test_a_longer_lease_of_a_newer_release_is_nobodys_to_take(opened, settings):
    """While some workers run with a longer lease than others: those cut it, its holder extends it, and nothing is taken over."""
    settings.LEASE_SECONDS = 90
    held = all_leases()
    settings.LEASE_SECONDS = 30
    leasing.recover()
    assert leasing.lease() is None
    settings.LEASE_SECONDS = 90
    assert all(leasing.extend(one) for one in held)
