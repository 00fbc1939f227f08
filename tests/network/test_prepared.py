"""A query that is made once and run many times says what the queryset says each time; on whichever database the tests run on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import DurationField, F
from django.db.models.functions import Now
from django.utils import timezone

from network.models import Consumer, Person
from network.models.dialect import claimable
from network.models.prepared import Slot, reading, writing
from tests.makers import make_person

pytestmark = pytest.mark.django_db


def test_values_are_given_at_each_run():
    query = reading(lambda: Person.objects.filter(email=Slot("address")).values_list("display_name", "public_id"))
    nasrin, omid = make_person("nasrin@people.example"), make_person("omid@people.example")
    for one in (nasrin, omid):
        assert [tuple(row) for row in query.rows(address=one.email)] == [(one.display_name, one.public_id)]
    assert list(query.rows(address="nobody@people.example")) == []


def test_many_numbers_are_one_value():
    query = reading(lambda: Person.objects.filter(pk__among=Slot("ids")).order_by("pk").values_list("pk"))
    people = [make_person(f"person-{number}@people.example").pk for number in range(3)]
    assert [pk for (pk,) in query.rows(ids=people[1:])] == people[1:]
    assert list(query.rows(ids=[])) == []


def test_rows_are_changed_and_counted():
    rename = writing(lambda: Person.objects.filter(pk__among=Slot("ids")), display_name=Slot("name"), pace=F("pace"))
    people = [make_person(f"person-{number}@people.example") for number in range(2)]
    assert rename.write(ids=[people[0].pk], name="Ro'ya %s") == 1
    assert [Person.objects.get(pk=one.pk).display_name for one in people] == ["Ro'ya %s", people[1].display_name]
    assert rename.write(ids=[], name="nobody") == 0


def test_a_length_of_time_is_added_to_the_databases_clock():
    person, now = make_person("nasrin@people.example"), timezone.now()
    move = writing(lambda: Person.objects.filter(pk=Slot("id")), created_at=Now() + Slot("length", DurationField()))
    for length in (timedelta(seconds=30), timedelta(days=2)):
        move.write(id=person.pk, length=length)
        person.refresh_from_db()
        assert abs(person.created_at - now - length) < timedelta(seconds=30)


def test_a_row_may_be_claimed_and_read_whole():
    Consumer.objects.create(name="row")
    query = reading(lambda: claimable(Consumer.objects.filter(name=Slot("name")))[:1])
    with transaction.atomic():
        found = query.first_of(Consumer, name="row")
        assert found is not None and found == Consumer.objects.get(name="row")
        assert query.first_of(Consumer, name="other") is None
