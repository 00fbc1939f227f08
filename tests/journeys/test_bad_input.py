"""Bad input gets a clear error in the reader's language, and loses nothing."""

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from campaigns.models import Participation
from network import links
from network.models import Endorsement, OutboxEvent
from tests.makers import enter_workspace, make_campaign, make_participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(network) -> str:
    return f"/campaigns/{make_campaign(network, slug='lake').slug}/"


HOSTILE_NAMES = [
    "Nasrin\r\nBcc: everybody@people.example",
    "Nas\x00rin",
    "\u202enirsaN",
    "\u2066Nasrin",
    "\u200b",
    "",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
@pytest.mark.parametrize("prefix", ["", "/fa"])
def test_a_hostile_name_is_refused_beside_its_field(url, visitor, name, prefix):
    before = OutboxEvent.objects.count()
    answer = visitor.post(prefix + url, {"name": name, "email": "nasrin@people.example", "follow": "on"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'id="id_name_error"' in page
    assert 'value="nasrin@people.example"' in page
    assert 'name="follow" id="id_follow" checked' in page
    assert (Participation.objects.count(), OutboxEvent.objects.count()) == (0, before)


def test_a_megabyte_of_name_is_refused_at_the_door(url, visitor):
    answer = visitor.post(url, {"name": "ن" * 1_000_000, "email": "nasrin@people.example"})
    assert answer.status_code == 413
    assert "Nothing was recorded" in answer.content.decode()
    answer = visitor.post(f"/fa{url}", {"name": "ن" * 1_000_000, "email": "nasrin@people.example"})
    assert answer.status_code == 413 and 'lang="fa"' in answer.content.decode()


def test_an_error_leads_back_to_the_form_and_never_to_another_site(url, visitor):
    too_much = {"name": "n" * 1_000_000}
    page = visitor.post(url, too_much, headers={"referer": f"http://testserver{url}?x=1#sign"}).content.decode()
    assert f'href="{url}">Back to the page you came from' in page
    for referrer in ("http://elsewhere.example/campaigns/lake/", "javascript:alert(1)", "//testserver.example/", ""):
        assert "Back to the page" not in visitor.post(url, too_much, headers={"referer": referrer}).content.decode()


def test_a_long_name_is_refused_with_a_reason(url, visitor):
    answer = visitor.post(url, {"name": "n" * 5_000, "email": "nasrin@people.example"})
    assert answer.status_code == 400 and "longer than we can keep" in answer.content.decode()


@pytest.mark.parametrize("address", ["nasrin", "a@b@c", "a b@c.example", "a@c.example\r\nBcc: x@y.example", ""])
def test_what_is_no_address_is_refused_and_kept(url, visitor, address):
    answer = visitor.post(url, {"name": "Nasrin", "email": address})
    assert answer.status_code == 400
    assert 'value="Nasrin"' in answer.content.decode()
    assert 'id="id_email_error"' in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"\xff\xfe\x00=%zz&&&==", "application/x-www-form-urlencoded", 400),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 400),
        (b"--x", "multipart/form-data", 400),
        (b'{"name": 1}', "application/json", 400),
        (b"a=1&" * 500, "application/x-www-form-urlencoded", 413),
        (b"name=" + b"x" * 100_000, "application/x-www-form-urlencoded", 413),
    ],
)
def test_mangled_bodies_get_a_page_and_change_nothing(url, visitor, body, content_type, status):
    answer = visitor.post(url, body, content_type=content_type)
    assert answer.status_code == status
    assert "<h1" in answer.content.decode()
    assert Participation.objects.count() == 0


class TestTokens:
    @pytest.fixture
    def row(self, url, network) -> Participation:
        from campaigns.models import Campaign

        return make_participation(Campaign.objects.get(slug="lake"), "nasrin@people.example", confirmed=False)

    @pytest.mark.parametrize("token", ["x", "a:b:c", "..", "%00", "x" * 3000, "é"])
    def test_forged(self, row, visitor, token):
        for method in (visitor.get, visitor.post):
            assert method(f"/confirm/{token}/").status_code == 404
        row.refresh_from_db()
        assert row.state == "pending"

    def test_made_for_something_else(self, row, visitor):
        token = links.token_for(row.pk, row.address, salt=links.ENDORSEMENT)
        assert visitor.post(f"/confirm/{token}/", {"name": "N"}).status_code == 404

    def test_altered(self, row, visitor):
        token = links.token_for(row.pk, row.address, salt=links.PARTICIPATION)
        assert visitor.post(f"/confirm/{token[:-1]}{'a' if token[-1] != 'a' else 'b'}/").status_code == 404

    def test_expired(self, row, visitor, settings):
        token = links.token_for(row.pk, row.address, salt=links.PARTICIPATION)
        settings.CONFIRMATION_DAYS = -1
        answer = visitor.post(f"/confirm/{token}/", {"name": "N"})
        assert answer.status_code == 410
        assert "too old" in answer.content.decode()
        row.refresh_from_db()
        assert row.state == "pending"

    def test_reused(self, row, visitor):
        token = links.token_for(row.pk, row.address, salt=links.PARTICIPATION)
        visitor.post(f"/confirm/{token}/", {"name": "Nasrin"})
        again = visitor.post(f"/confirm/{token}/", {"name": "Another"})
        assert again.status_code == 200 and "Thank you" in again.content.decode()
        row.refresh_from_db()
        assert row.name == "Nasrin"

    def test_of_a_row_that_is_gone(self, row, visitor):
        token = links.token_for(row.pk, row.address, salt=links.PARTICIPATION)
        row.delete()
        assert visitor.get(f"/confirm/{token}/").status_code == 404

    def test_a_token_says_nothing_about_anybody(self, row):
        token = links.token_for(row.pk, row.address, salt=links.PARTICIPATION)
        row_id, mailbox = signing.loads(token, salt=links.PARTICIPATION)
        assert row_id == row.pk.hex
        assert len(mailbox) == 16 and "nasrin" not in str(mailbox)

    def test_proves_only_the_mailbox_it_was_mailed_to(self, row, visitor):
        """A stranger enters another spelling of her address; her own link must not make their account."""
        token = links.token_for(row.pk, row.address, salt=links.PARTICIPATION)
        visitor.post("/campaigns/lake/", {"name": "Stranger", "email": "nasrin+stranger@people.example"})
        answer = visitor.post(f"/confirm/{token}/", {"name": "Nasrin"})
        assert answer.status_code == 410 and "newest mail" in answer.content.decode()
        row.refresh_from_db()
        assert (row.state, row.address) == ("pending", "nasrin+stranger@people.example")


class TestForeignForms:
    def test_another_site_cannot_sign_for_a_visitor(self, url):
        for headers in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
        ):
            answer = Client(headers=headers).post(url, {"name": "N", "email": "n@people.example"})
            assert answer.status_code == 403
        assert Participation.objects.count() == 0

    def test_our_own_origin_is_enough_for_an_old_phone(self, url):
        answer = Client(headers={"Origin": "http://testserver"}).post(url, {"name": "N", "email": "n@people.example"})
        assert answer.status_code == 302

    def test_a_browser_that_says_nothing_waits_and_loses_nothing(self, url, settings):
        import re

        settings.WAIT_PAGE_SECONDS = 3600
        client = Client()
        data = {"name": "شب‌نم <b>", "email": "n@people.example", "follow": "on"}
        page = client.post(url, data)
        assert page.status_code == 429
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
        assert fields["name"] == "شب‌نم &lt;b&gt;" and fields["follow"] == "on"
        assert client.post(url, {**data, "form_token": fields["form_token"]}).status_code == 429  # pressed too soon
        settings.WAIT_PAGE_SECONDS = -1
        assert client.post(url, {**data, "form_token": "forged"}).status_code == 429
        assert client.post(url, {**data, "form_token": fields["form_token"]}).status_code == 302
        assert client.post(url, {**data, "form_token": fields["form_token"]}).status_code == 429  # one wait, one form
        assert Participation.objects.get().name == "شب‌نم <b>"

    def test_too_many_from_one_place_wait(self, url, settings):
        settings.OPEN_FORM_POSTS_PER_CLIENT_PER_10_MINUTES = 2
        client = Client(headers={"Sec-Fetch-Site": "same-origin"}, REMOTE_ADDR="192.0.2.7")
        with time_machine.travel(timezone.now(), tick=False):  # ten minutes that end in between would begin a new count
            codes = [client.post(url, {"name": "N", "email": f"n{i}@people.example"}).status_code for i in range(4)]
        assert codes == [302, 302, 429, 429]
        loopback = Client(headers={"Sec-Fetch-Site": "same-origin"})
        assert {loopback.post(url, {"name": "N", "email": f"m{i}@people.example"}).status_code for i in range(4)} == {
            302
        }

    def test_under_attack_everybody_works_or_waits_over_onion_too(self, url, settings):
        onion = Client(headers={"Sec-Fetch-Site": "same-origin"})  # from loopback, as an onion service connects
        known = Client(headers={"Sec-Fetch-Site": "same-origin"}, REMOTE_ADDR="192.0.2.7")
        settings.OPEN_FORM_POSTS_WITHOUT_ADDRESS_PER_MINUTE = settings.OPEN_FORM_POSTS_IN_ALL_PER_MINUTE = 3

        def codes(client: Client, many: int) -> list[int]:
            return [client.post(url, {"name": "N", "email": f"n{i}@people.example"}).status_code for i in range(many)]

        with time_machine.travel(timezone.now(), tick=False):  # a minute that ends in between would begin a new count
            assert codes(onion, 5)[-1] == 429
            assert codes(known, 2) == [302, 302]  # one flood does not stop the other visitors
            assert codes(known, 3)[-1] == 429

    def test_an_operator_says_that_it_is_an_attack(self, url, settings):
        settings.FORMS_WANT_WORK = True
        client = Client(headers={"Sec-Fetch-Site": "same-origin"})
        assert client.post(url, {"name": "N", "email": "n@people.example"}).status_code == 429


@pytest.mark.parametrize("language", ["ar", "ckb", "fr", "de", "es"])
def test_the_workspace_leads_from_a_language_it_does_not_speak_to_one_it_does(language, db):
    answer = Client().get(f"/{language}/organise/cases/?q=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/organise/cases/?q=1")


def test_joining_twice_by_other_spellings_is_one_endorsement(network, visitor):
    for spelling in ("n.n@gmail.com", "NN@googlemail.com", "nn+x@gmail.com"):
        assert visitor.post("/join/", {"name": "N", "email": spelling, "endorse": "on"}).status_code == 302
    assert Endorsement.objects.count() == 1


@pytest.mark.parametrize(("prefix", "said"), [("", "only takes what a form sends"), ("/fa", "فرمی می‌فرستد")])
def test_an_address_for_forms_opened_as_a_page_says_so(network, deliver_all, prefix, said):
    answer = Client().get(f"{prefix}/join/confirm/token/rejecting/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST") and said in answer.content.decode()
    desk = enter_workspace(network.approver, deliver_all)
    answer = desk.get(f"{prefix}/organise/messages/next/")
    assert answer.status_code == 405 and said in answer.content.decode() and "/organise/" in answer.content.decode()


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u202a"])
def test_nothing_that_turns_words_around_stands_in_what_organisers_write(network, deliver_all, mark):
    campaign = make_campaign(network, launched=False)
    editor = enter_workspace(network.writer, deliver_all)
    said = {"title_en": f"Dear {mark}evil", "title_fa": "عنوان"}
    answer = editor.post(f"/organise/campaigns/{campaign.pk}/editing/", said)
    assert answer.status_code == 400 and "cannot be read" in answer.content.decode()
