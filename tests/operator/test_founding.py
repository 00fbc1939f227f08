"""A real installation's first minutes: found, sign in, enrol, and the network can be joined."""

import re
from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.management import CommandError, call_command
from django.test import Client

from network.models import Membership, Organisation
from tests.makers import enter_workspace

pytestmark = pytest.mark.django_db


def found(*addresses: str) -> str:
    out = StringIO()
    arguments = [part for address in addresses for part in ("--email", address)]
    call_command("found", "--name", "The Lantern", *arguments, stdout=out)
    return out.getvalue()


def test_two_approvers_and_principles_to_join_by(deliver_all):
    said = found("one@lantern.example", "Two@Lantern.Example")
    links = re.findall(r"(\S+@lantern.example)  http://testserver(/accounts/enrol/\S+)", said)
    assert [address for address, _ in links] == ["one@lantern.example", "two@lantern.example"]
    assert Organisation.objects.host().name == "The Lantern"
    assert Membership.objects.filter(role="approver").count() == 2
    assert Client().get("/join/").status_code == 200
    assert "حقوق یکسان برای همه" in Client().get("/fa/principles/").content.decode()
    approver = Membership.objects.first().person
    assert enter_workspace(approver, deliver_all).get("/organise/").status_code == 200


@pytest.mark.parametrize("addresses", [["one@lantern.example"], ["one@lantern.example", "ONE@lantern.example"]])
def test_one_person_cannot_found_alone(addresses):
    with pytest.raises(CommandError, match="Two different people"):
        found(*addresses)
    assert Organisation.objects.count() == 0


def test_a_link_signs_in_once_and_leads_to_the_second_factor():
    link = re.search(r"http://testserver(/accounts/enrol/\S+)", found("one@l.example", "two@l.example")).group(1)
    scanner, owner, thief = (Client(headers={"Sec-Fetch-Site": "same-origin"}) for _ in range(3))
    assert scanner.get(link).status_code == 200  # opening spends nothing
    assert owner.post(link).url == "/accounts/second-factor/enrol/"
    assert "<code>" in owner.get("/accounts/second-factor/enrol/").content.decode()
    assert (thief.get(link).status_code, thief.post(link).status_code) == (410, 410)
    assert thief.get("/me/").status_code == 302


def test_a_forged_link_signs_nobody_in():
    link = re.search(r"http://testserver(/accounts/enrol/\S+)/", found("one@l.example", "two@l.example")).group(1)
    assert Client().post(f"{link}x/").status_code == 404


def test_founding_twice_is_refused():
    found("one@lantern.example", "two@lantern.example")
    with pytest.raises(CommandError, match="already"):
        found("three@lantern.example", "four@lantern.example")


def test_what_is_no_address_is_said():
    with pytest.raises(CommandError, match="e-mail address"):
        found("one@lantern.example", "nobody")


@pytest.mark.django_db(transaction=True)  # the signal comes with the commit, within the request
def test_enrolling_is_a_second_factor_used():
    """Whoever has just typed a code of the new authenticator is not asked for another."""
    link = re.search(r"http://testserver(/accounts/enrol/\S+)", found("one@l.example", "two@l.example")).group(1)
    owner = Client(headers={"Sec-Fetch-Site": "same-origin"})
    owner.post(link)
    page = owner.get("/accounts/second-factor/enrol/").content.decode()
    assert "<svg" in page and "style=" not in page  # the square, under the strict policy
    secret = re.search(r"<code>(\w+)</code>", page).group(1)
    counters = list(yield_hotp_counters_from_time())
    code = format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))
    owner.post("/accounts/second-factor/enrol/", {"code": code})
    answer = owner.get("/accounts/second-factor/codes/")
    assert answer.status_code == 200
    assert "Recovery codes" in answer.content.decode()
    assert owner.get("/organise/").status_code == 200
