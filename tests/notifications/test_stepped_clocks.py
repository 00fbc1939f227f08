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


@pytest.mark.parametrize("hours", [-26, 26])
def test_what_a_dead_worker_held_is_taken_over_however_the_databases_clock_was_set(opened, hours):
    """Set back, its lease seems to last for a day more; set forward, to be over long since. Both are the row as it is then."""
    held = all_leases()
    Chunk.objects.update(leased_until=timezone.now() - timedelta(hours=hours))
    taken = all_leases()
    assert {one.chunk.pk for one in taken} == {one.chunk.pk for one in held}
    assert min(one.token for one in taken) > max(one.token for one in held)


def test_a_living_worker_keeps_its_chunk_when_the_databases_clock_is_set_back(opened):
    held = all_leases()
    Chunk.objects.update(leased_until=timezone.now() + timedelta(hours=26))
    assert all(leasing.extend(one) for one in held)
    assert leasing.lease() is None


def test_another_computer_cannot_take_what_it_cannot_read_the_journal_of(opened):
    all_leases()
    Chunk.objects.update(leased_until=timezone.now() + timedelta(hours=26), journal_domain="elsewhere")
    assert leasing.lease() is None
