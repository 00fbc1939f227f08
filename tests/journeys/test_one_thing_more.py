"""Walk: whoever has signed is offered the next thing; each kind of action is taken, confirmed by mail, counted and taken back.

What a kind does not record is only shown. One walk for all kinds: a new one is covered by being registered.
"""

import re

import pytest

from campaigns.kinds.contract import registered
from campaigns.models import Participation
from network.flows.relaying import relay
from tests.journeys.test_a_stranger_signs import count_on, link_in
from tests.makers import make_action, make_campaign, make_participation
from tests.makers.actions import ANSWERS

pytestmark = pytest.mark.django_db
RECORDING = [kind for kind in registered() if kind.records and not kind.stands_on_the_campaign]


def typed(kind) -> dict[str, str]:
    """A form's fields as a browser sends them."""
    return {name: "on" if value is True else value for name, value in ANSWERS.get(kind.name, {}).items()}


@pytest.mark.parametrize("prefix", ["", "/fa"])
@pytest.mark.parametrize("kind", RECORDING, ids=lambda kind: kind.name)
def test_it_is_taken_confirmed_and_counted(network, visitor, deliver_all, kind, prefix):
    campaign = make_campaign(network, slug="lake")
    make_action(network, campaign, kind.name)
    url = f"{prefix}/campaigns/lake/2/"
    page = visitor.get(url).content.decode()
    assert ("Words title" if not prefix else "واژه‌ها title") in page
    assert "{person}" not in page and ("Golnar Sabzrud" in page or "گلنار سبزرود" in page)
    assert url in visitor.get(f"{prefix}/campaigns/lake/").content.decode()

    answer = visitor.post(url, {"name": "Nasrin", "email": "nasrin@people.example", **typed(kind)})
    assert (answer.status_code, answer.url) == (302, f"{prefix}/campaigns/lake/sent/")
    mail = deliver_all().last("nasrin@people.example")
    if not prefix:
        assert mail["Subject"] == "Please confirm: was this you?"
        assert "petition" not in mail.get_body(("plain",)).get_content()
    link = link_in(mail)
    shown = visitor.get(link).content.decode()
    assert "Nasrin" in shown and shown.count('class="button"') == 1
    assert Participation.objects.get().state == "pending"
    visitor.get(link)
    assert Participation.objects.get().state == "pending"  # looking changes nothing

    thanked = visitor.post(link, {"name": "Nasrin", **typed(kind)}, follow=True)
    assert thanked.status_code == 200 and "Nasrin" in thanked.content.decode()
    assert Participation.objects.get().state == "confirmed"
    relay()
    assert count_on(visitor, url) == ("1" if not prefix else "۱")
    again = visitor.get(link).content.decode()  # the back button, and the link a second time
    assert "Nasrin" in again
    assert Participation.objects.filter(state="confirmed").count() == 1

    receipt = deliver_all().last("nasrin@people.example").get_body(("plain",)).get_content()
    assert "Nasrin" in receipt and "%(name)s" not in receipt


@pytest.mark.parametrize("kind", RECORDING, ids=lambda kind: kind.name)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(network, visitor, kind):
    make_action(network, make_campaign(network, slug="lake"), kind.name)
    answer = visitor.post("/campaigns/lake/2/", {"name": "Nasrin", "email": "", **typed(kind)})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'value="Nasrin"' in page and "Please write your e-mail address." in page
    for value in typed(kind).values():
        assert value == "on" or value in page
    assert not Participation.objects.exists()


def test_who_has_signed_is_offered_the_next_thing_and_then_the_one_after(network, visitor, deliver_all):
    campaign = make_campaign(network, slug="lake")
    make_action(network, campaign, "pledge")
    make_action(network, campaign, "share")
    make_participation(campaign, "nasrin@people.example", confirmed=False)
    link = link_in(deliver_all().last("nasrin@people.example"))
    thanked = visitor.post(link, {"name": "Nasrin"}, follow=True).content.decode()
    assert "/campaigns/lake/2/" in thanked and "/campaigns/lake/3/" not in thanked
    visitor.post("/campaigns/lake/2/", {"name": "Nasrin", "email": "nasrin@people.example"})
    second = link_in(deliver_all().last("nasrin@people.example", having="confirm"))
    thanked = visitor.post(second, {"name": "Nasrin"}, follow=True).content.decode()
    assert "/campaigns/lake/3/" in thanked and "/campaigns/lake/2/" not in thanked


def test_what_is_passed_on_is_only_shown(network, visitor):
    make_action(network, make_campaign(network, slug="lake"), "share")
    page = visitor.get("/campaigns/lake/2/").content.decode()
    assert "Words text Golnar Sabzrud" in page and "http://testserver/campaigns/lake/" in page
    assert "<form" not in page.split("<main", 1)[1].split("</main>")[0]


def test_a_letter_is_begun_in_ones_own_mail(network, visitor):
    make_action(network, make_campaign(network, slug="lake"), "letter")
    page = visitor.get("/campaigns/lake/2/").content.decode()
    address = re.search(r'href="(mailto:[^"]+)"', page).group(1)
    assert address.startswith("mailto:minister@ministry.example?subject=Words%20subject%20Golnar%20Sabzrud&amp;body=")
    assert "Words%20salutation" in address and "%0D%0A%0D%0A" in address


def test_the_list_and_the_main_page_count_what_was_asked_first(network, visitor):
    campaign = make_campaign(network, slug="lake")
    make_action(network, campaign, "pledge")
    make_participation(campaign, "nasrin@people.example")
    relay()
    assert count_on(visitor, "/campaigns/lake/") == "1"
    assert count_on(visitor, "/campaigns/lake/2/") == "0"


def test_the_petition_has_one_address(network, visitor):
    make_campaign(network, slug="lake")
    answer = visitor.get("/campaigns/lake/1/")
    assert (answer.status_code, answer.url) == (301, "/campaigns/lake/")
    assert visitor.get("/campaigns/lake/7/").status_code == 404


def test_partners_read_each_action_with_its_own_line_and_count(network, visitor):
    campaign = make_campaign(network, slug="lake")
    make_action(network, campaign, "pledge")
    listed = visitor.get(f"/api/v1/campaigns/{campaign.public_id}/").json()["actions"]
    assert [(one["kind"], one["ask"]) for one in listed] == [
        ("petition", "To the Court: drop the charge."),
        ("pledge", "Words title Golnar Sabzrud"),
    ]
