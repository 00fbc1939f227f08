"""The front page: one name and one ask, the record of good and bad weeks, and whom nobody remembers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.models import Case, CaseStatus
from tests.makers import make_campaign, make_case, make_participation
from tests.makers.cases import make_status

pytestmark = pytest.mark.django_db


def page(prefix: str = "") -> str:
    return Client().get(f"{prefix}/").content.decode()


def part(text: str, name: str) -> str:
    return text.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


def test_the_record_shows_what_changed_lately_the_latest_first(network):
    case = make_case(network, verified=False)
    make_status(network, case, "liberty", "released")
    CaseStatus.objects.update(
        from_earliest=date.today() - timedelta(days=3), from_latest=date.today() - timedelta(days=3)
    )
    make_campaign(network, slug="lake")
    record = part(page(), "record")
    assert record.index("The lake") < record.index("Released.")
    assert "Golnar Sabzrud" in record
    assert "گلنار سبزرود" in part(page("/fa"), "record")


def test_that_somebody_lives_is_news_where_something_worse_was_said_before(network):
    feared_for, other = (make_case(network, verified=False) for _ in range(2))
    make_status(network, other, "life", "alive", from_latest=date.today())
    assert part(page(), "record") == ""
    make_status(network, feared_for, "life", "unknown")
    make_status(network, feared_for, "life", "alive", from_latest=date.today())
    assert part(page(), "record").count("Alive.") == 1


def test_what_is_long_past_is_no_news(network):
    case = make_case(network, verified=False)
    make_status(network, case, "liberty", "detained")  # of March
    assert part(page(), "record") == ""


def test_whom_nobody_acted_for_is_kept_in_sight(network):
    long_ago = timezone.now() - timedelta(days=100)
    forgotten = make_case(network, name="Forgotten One", name_fa="فراموش‌شده")
    dead = make_case(network, name="Dead One", name_fa="درگذشته", scopes=("name", "narrative", "memorial"))
    make_status(network, dead, "life", "killed")
    Case.objects.update(published_at=long_ago)
    campaign = make_campaign(network, slug="lake", name="Remembered One", name_fa="به‌یاد")
    make_participation(campaign, "signer@people.example")
    quiet = part(page(), "quiet")
    assert "Forgotten One" in quiet and ">100<" in quiet.replace(" ", "")
    assert "Dead One" not in quiet and "Remembered One" not in quiet
    assert forgotten.pk


def test_the_way_in_is_on_the_page_and_its_mistakes_are_told_where_it_leads(network, visitor):
    assert 'action="/join/"' in page()
    answer = visitor.post("/join/", {"name": "", "email": "x@people.example"})
    assert answer.status_code == 400 and "x@people.example" in answer.content.decode()


def test_a_quiet_day_says_so_and_shows_the_way_in(network):
    assert "Nothing is asked today." in page()
