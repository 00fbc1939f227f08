"""The partner's walk: it applies, is vetted by two, makes a key, invites a colleague, co-hosts, and reads the API."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import cohosting
from network.flows import applying, erasing
from network.flows.relaying import relay
from network.models import Application, Invitation, Membership, Organisation, Person
from tests.journeys.test_a_supporter_joins import path_in
from tests.makers import administrator_of, enter_workspace, make_campaign, make_key, make_partner, make_person

pytestmark = pytest.mark.django_db

ADDRESS = "contact@rooms.example"
FORM = {
    "legal_name": "Rooms of Light",
    "country": "CH",
    "website": "https://rooms.example/",
    "disclosures": "Members' fees.\nNo government money.",
    "name": "Contact Name",
    "email": ADDRESS,
    "endorse": "on",
}
POINTS = ["legal_identity", "website", "called_back", "referees", "money_and_ties", "principles"]


def applied(visitor: Client, deliver_all, prefix: str = "") -> Application:
    assert visitor.post(f"{prefix}/partners/apply/", FORM).status_code == 302
    link = path_in(deliver_all().last(ADDRESS), "partners/apply/confirm/")
    assert Application.objects.waiting().count() == 0  # nobody looks at anything yet
    page = visitor.get(link).content.decode()
    assert "Rooms of Light" in page and ADDRESS not in page
    assert Application.objects.waiting().count() == 0  # opening the page changes nothing
    assert visitor.post(link).status_code == 302
    return Application.objects.waiting().get()


def vetted(row: Application, network, deliver_all) -> tuple[Client, Client]:
    """Both approvers at work: every point looked at, both agreed."""
    first, second = (enter_workspace(person, deliver_all) for person in (network.writer, network.approver))
    url = f"/organise/partners/applications/{row.public_id}/"
    assert first.post(f"{url}admitting/").status_code == 409  # the checklist is not done
    for point in POINTS:
        assert first.post(f"{url}checking/", {"name": point, "note": "Seen in the register."}).status_code == 302
    assert first.post(f"{url}admitting/").status_code == 302
    first.post(f"{url}admitting/")  # agreeing twice is agreeing once
    row.refresh_from_db()
    assert row.state == "waiting"
    assert second.post(f"{url}admitting/").status_code == 302
    row.refresh_from_db()
    assert row.state == "admitted"
    return first, second


@pytest.mark.parametrize("prefix", ["", "/fa"])
def test_from_the_first_click_to_the_api(network, visitor, deliver_all, prefix):
    campaign = make_campaign(network, slug="lake")
    row = applied(visitor, deliver_all, prefix)
    first, _ = vetted(row, network, deliver_all)
    assert "Rooms of Light" in Client().get(f"{prefix}/partners/").content.decode()

    admitted = deliver_all().last(ADDRESS)
    assert "Rooms of Light" in admitted.get_body(("plain",)).get_content()
    partner = Organisation.objects.get(name="Rooms of Light")
    administrator = enter_workspace(Person.objects.get(email=ADDRESS), deliver_all)
    desk = administrator.get("/organise/")
    assert desk.url == f"/organise/organisation/{partner.public_id}/"
    assert administrator.get("/organise/cases/").status_code == 404  # the host's workspace is not theirs

    made = administrator.post(
        f"{desk.url}keys/", {"key-name": "Our site", "key-scopes": ["campaigns.read", "changes.read"], "key-days": "90"}
    )
    key = re.search(r"hk_[0-9a-f]{12}_[\w-]{43}", made.content.decode()).group()
    assert key not in administrator.get(desk.url).content.decode()  # shown once
    assert made.headers["Cache-Control"].startswith("max-age=0")

    administrator.post(f"{desk.url}campaigns/lake/asking/")
    assert "Rooms of Light" not in Client().get("/campaigns/lake/").content.decode()
    accept = re.search(
        r'action="(/organise/co-hosting/\d+/accepting/)"',
        first.get(f"/organise/campaigns/{campaign.pk}/").content.decode(),
    )
    assert first.post(accept.group(1)).status_code == 302
    assert "Rooms of Light" in Client().get(f"{prefix}/campaigns/lake/").content.decode()

    api = Client(headers={"Authorization": f"Bearer {key}"})
    own = api.get("/api/v1/organisation/campaigns/").json()["results"]
    assert [(item["state"], item["campaign"]["title"]) for item in own] == [("accepted", "The lake")]
    assert api.get("/api/v1/organisation/").status_code == 403  # not this key's scope

    administrator.post(f"{desk.url}colleagues/", {"invite-email": "colleague@rooms.example", "invite-role": "viewer"})
    link = path_in(deliver_all().last("colleague@rooms.example"), "partners/invitation/")
    assert visitor.get(link).status_code == 200
    assert not Person.objects.filter(email="colleague@rooms.example").exists()
    assert visitor.post(link, {"name": "Colleague"}).status_code == 200
    assert Membership.objects.get(person__email="colleague@rooms.example").role == "viewer"
    assert visitor.post(link, {"name": "Colleague"}).status_code == 410  # once

    first.post(f"/organise/partners/{partner.public_id}/suspending/", {"reason": "Misused the texts."})
    assert api.get("/api/v1/organisation/campaigns/").status_code == 401  # the next request
    assert api.get("/api/v1/campaigns/").status_code == 401
    assert "Rooms of Light" not in Client().get("/partners/").content.decode()
    assert "Rooms of Light" not in Client().get("/campaigns/lake/").content.decode()
    assert administrator.post(f"{desk.url}keys/", {"key-name": "More", "key-scopes": ["changes.read"]}).status_code in {
        400,
        403,
    }


def test_a_no_comes_with_its_reason(network, visitor, deliver_all):
    row = applied(visitor, deliver_all)
    approver = enter_workspace(network.approver, deliver_all)
    url = f"/organise/partners/applications/{row.public_id}/refusing/"
    assert approver.post(url, {"reason": "  "}).status_code == 400
    assert approver.post(url, {"reason": "The register does not know the number."}).status_code == 302
    mail = deliver_all().last(ADDRESS)
    assert "The register does not know the number." in mail.get_body(("plain",)).get_content()
    assert Organisation.objects.partners().count() == 0
    assert not Person.objects.filter(email=ADDRESS).exists()
    assert approver.post(url, {"reason": "Again."}).status_code == 409


def test_a_change_after_the_first_yes_needs_two_again(network, visitor, deliver_all):
    row = applied(visitor, deliver_all)
    first, second = (enter_workspace(person, deliver_all) for person in (network.writer, network.approver))
    url = f"/organise/partners/applications/{row.public_id}/"
    for point in POINTS:
        first.post(f"{url}checking/", {"name": point, "note": "Seen."})
    first.post(f"{url}admitting/")
    second.post(f"{url}checking/", {"name": "referees", "note": "One of them does not know them after all."})
    second.post(f"{url}admitting/")
    row.refresh_from_db()
    assert row.state == "waiting"
    first.post(f"{url}admitting/")
    row.refresh_from_db()
    assert row.state == "admitted"


def test_not_me_forgets_the_address(visitor, network, deliver_all):
    visitor.post("/partners/apply/", FORM)
    link = path_in(deliver_all().last(ADDRESS), "partners/apply/confirm/")
    assert visitor.post(f"{link}rejecting/").status_code == 200
    row = Application.objects.get()
    assert (row.state, row.address, row.contact_name) == ("rejected", "", "")
    assert visitor.post(link).status_code == 410


def test_what_is_wrong_in_the_form_is_said_and_nothing_is_lost(network, visitor):
    bad = {**FORM, "country": "ZZ", "website": "javascript:alert(1)", "email": "nobody", "legal_name": "x" * 200}
    page = visitor.post("/partners/apply/", bad)
    text = page.content.decode()
    assert page.status_code == 400
    assert text.count('class="wrong"') == 4
    assert "No government money." in text
    assert Application.objects.count() == 0


def test_a_suspended_partner_comes_back_by_two(network, deliver_all):
    partner = make_partner(network)
    first, second = (enter_workspace(person, deliver_all) for person in (network.writer, network.approver))
    url = f"/organise/partners/{partner.public_id}/"
    for _ in range(2):  # a second round needs two again
        first.post(f"{url}suspending/", {"reason": "A question about money."})
        first.post(f"{url}reinstating/")
        partner.refresh_from_db()
        assert partner.standing == "suspended"
        second.post(f"{url}reinstating/")
        partner.refresh_from_db()
        assert partner.standing == "probation"
    first.post(f"{url}promoting/")
    second.post(f"{url}promoting/")
    partner.refresh_from_db()
    assert partner.standing == "full"


def test_the_last_administrator_cannot_be_sent_away(network, deliver_all):
    partner = make_partner(network)
    administrator = enter_workspace(administrator_of(partner), deliver_all)
    membership = partner.memberships.get()
    url = f"/organise/organisation/{partner.public_id}/members/{membership.pk}/ending/"
    assert administrator.post(url).status_code == 409
    assert partner.memberships.count() == 1


def test_in_the_host_nobody_makes_themselves_a_second_person(network, deliver_all):
    Membership.objects.create(
        organisation=network.host, person=network.writer, role="administrator", created_at=network.host.created_at
    )
    writer, approver = (enter_workspace(person, deliver_all) for person in (network.writer, network.approver))
    url = f"/organise/organisation/{network.host.public_id}/"
    writer.post(f"{url}colleagues/", {"invite-email": "sock@puppet.example", "invite-role": "approver"})
    assert deliver_all().mails("sock@puppet.example") == []
    writer.post(f"{url}colleagues/", {"invite-email": "sock@puppet.example", "invite-role": "editor"})
    assert deliver_all().mails("sock@puppet.example") == []  # nor an author for words they approve themselves
    Invitation.objects.filter(role="editor").delete()
    agree = re.search(r"/organise/colleagues/[0-9a-f-]+/agreeing/", approver.get("/organise/").content.decode()).group()
    assert agree not in writer.get("/organise/").content.decode()
    assert writer.post(agree).status_code == 403
    assert deliver_all().mails("sock@puppet.example") == []
    assert approver.post(agree).status_code == 302
    assert len(deliver_all().mails("sock@puppet.example")) == 1


def test_nobody_decides_about_their_own_organisation(network, deliver_all):
    partner = make_partner(network)
    campaign = make_campaign(network)
    Membership.objects.create(
        organisation=partner, person=network.approver, role="administrator", created_at=network.host.created_at
    )
    approver = enter_workspace(network.approver, deliver_all)
    row = cohosting.ask(campaign.pk, partner, by=network.approver, at=timezone.now())
    assert approver.post(f"/organise/co-hosting/{row.pk}/accepting/").status_code == 403
    assert approver.post(f"/organise/partners/{partner.public_id}/promoting/").status_code == 403
    row.refresh_from_db()
    assert row.state == "asked"


def test_the_host_keeps_two_who_may_approve(network, deliver_all):
    Membership.objects.create(
        organisation=network.host, person=network.writer, role="administrator", created_at=network.host.created_at
    )
    writer = enter_workspace(network.writer, deliver_all)
    other = network.host.memberships.get(person=network.approver, role="approver")
    assert writer.post(f"/organise/organisation/{network.host.public_id}/members/{other.pk}/ending/").status_code == 409
    assert network.host.memberships.filter(role="approver").count() == 2


def test_whoever_is_no_approver_any_more_counts_no_more(network, visitor, deliver_all):
    row = applied(visitor, deliver_all)
    first, second = (enter_workspace(person, deliver_all) for person in (network.writer, network.approver))
    url = f"/organise/partners/applications/{row.public_id}/"
    for point in POINTS:
        first.post(f"{url}checking/", {"name": point, "note": "Seen.\x00"})
    first.post(f"{url}admitting/")
    network.host.memberships.filter(person=network.writer).delete()
    second.post(f"{url}admitting/")
    row.refresh_from_db()
    assert row.state == "waiting"


def test_a_stranger_writes_no_words_into_our_mail(network, visitor, deliver_all):
    visitor.post("/partners/apply/", {**FORM, "legal_name": "a bank. Unlock at https://evil.example/now"})
    mail = deliver_all().last(ADDRESS)
    assert "evil.example" not in mail.as_string() and "evil.example" not in str(mail["Subject"])


def test_a_no_is_kept_and_invitations_are_counted(network, deliver_all, visitor, settings):
    partner = make_partner(network)
    administrator = enter_workspace(administrator_of(partner), deliver_all)
    url = f"/organise/organisation/{partner.public_id}/colleagues/"
    administrator.post(url, {"invite-email": "no@people.example", "invite-role": "viewer"})
    link = path_in(deliver_all().last("no@people.example"), "partners/invitation/")
    assert visitor.post(f"{link}declining/").status_code == 200
    assert visitor.get(link).status_code == 410
    assert "no@people.example" not in str(list(Invitation.objects.values()))
    assert administrator.post(url, {"invite-email": "No@people.example", "invite-role": "editor"}).status_code == 409
    settings.INVITATIONS_PER_DAY = 1
    assert administrator.post(url, {"invite-email": "more@people.example", "invite-role": "viewer"}).status_code == 429


def test_a_member_without_keys_sees_the_page_and_no_more(network, deliver_all):
    partner = make_partner(network)
    viewer = make_person("viewer@partner.example")
    Membership.objects.create(organisation=partner, person=viewer, role="viewer", created_at=timezone.now())
    client = enter_workspace(viewer, deliver_all)
    url = client.get("/organise/").url
    page = client.get(url).content.decode()
    assert "Test Partner" in page and "/keys/" not in page and "/colleagues/" not in page and "/asking/" not in page
    assert (
        client.post(f"{url}keys/", {"key-name": "x", "key-scopes": ["changes.read"], "key-days": "30"}).status_code
        == 404
    )


def test_an_organisation_nobody_answers_for_is_suspended(network):
    partner = make_partner(network)
    key = make_key(partner)
    erasing.erase(administrator_of(partner), at=timezone.now())
    relay()
    partner.refresh_from_db()
    assert partner.standing == "suspended"
    assert Client(headers={"Authorization": f"Bearer {key}"}).get("/api/v1/changes").status_code == 401


def test_what_nobody_confirmed_is_forgotten_whole(network, visitor, deliver_all):
    visitor.post("/partners/apply/", FORM)
    applying.forget(at=timezone.now() + timedelta(days=15))
    row = Application.objects.get()
    assert (row.state, row.legal_name, row.website, row.disclosures, row.address) == ("expired", "", "", "", "")
