"""The organiser's walk: a case on record, a campaign in two languages, a second person, live; an alert, out, steered.

One long way, and beside it what goes wrong at each of its steps.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import joining
from campaigns.models import Campaign
from notifications.models import Alert, Delivery
from notifications.tasks import open_alerts, sweep
from tests.journeys.test_a_supporter_joins import sign_in
from tests.makers import code_now, enter_workspace, make_alert, make_campaign, make_person
from tests.makers.signing_in import SECRET, make_second_factor
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db

CASE = {
    "name_en": "Planted Organisername",
    "name_fa": "نام کاشته",
    "given_by": "family",
    "authority": "a sister, whom they named",
    "capacity": "free",
    "channel": "secure_call",
    "explained_in": "fa",
    "audience": "public",
    "explained": ["purpose", "audiences", "worst_case", "no_way_back"],
    "scopes": ["name", "narrative", "petition"],
    "consent_until": (timezone.now() + timedelta(days=90)).date().isoformat(),
    "risk": "low",
    **{f"risk_{question}": "no" for question in ("quiet", "timing", "source", "hostile", "others")},
    "risk_until": (timezone.now() + timedelta(days=30)).date().isoformat(),
}
WORDS = {
    "demand": "release",
    "petition": True,
    "target_en": "the Court",
    "target_fa": "دادگاه",
    "title_en": "Let the bakers speak",
    "title_fa": "بگذارید نانوایان سخن بگویند",
    "context_en": "bakers",
    "context_fa": "نانوایان",
    "deck_en": "{person} asked for flour. We ask for {their} release.",
    "deck_fa": "{person} آرد خواست. آزادی او را می‌خواهیم.",
    "ask_en": "To the Court: let {them} go.",
    "ask_fa": "خطاب به دادگاه: آزادش کنید.",
    "letter_en": "Your Honour,\n\n{person} asked for flour.",
    "letter_fa": "با احترام،\n\n{person} آرد خواست.",
}
LETTER = {
    "severity": "action",
    "audience": "joined",
    "expires_at": (timezone.now() + timedelta(days=5)).date().isoformat(),
    "subject_en": "News of {person_short}",
    "subject_fa": "خبر {person_short}",
    "kicker_en": "Something is asked",
    "kicker_fa": "کاری از شما",
    "preheader_en": "",
    "preheader_fa": "",
    "body_en": "Dear {recipient},\r\n\r\n**today** {person} is heard.",
    "body_fa": "{recipient} گرامی،\r\n\r\nامروز {person} دادگاه دارد.",
    "body_text_en": "Dear {recipient}, today {person} is heard.",
    "body_text_fa": "{recipient} گرامی، امروز {person} دادگاه دارد.",
    "button_en": "Act",
    "button_fa": "کاری کنید",
}


def approve_all(client: Client, page_url: str) -> int:
    """Press every "approve exactly this" on a page; returns how many."""
    page = client.get(page_url).content.decode()
    parts = re.findall(r'name="part" value="([^"]+)"><input type="hidden" name="digest" value="(\w+)"', page)
    for part, digest in parts:
        assert client.post(f"{page_url}approving/", {"part": part, "digest": digest}).status_code == 302
    return len(parts)


@pytest.fixture
def writer(network, deliver_all) -> Client:
    return enter_workspace(network.writer, deliver_all)


@pytest.fixture
def approver(network, deliver_all) -> Client:
    return enter_workspace(network.approver, deliver_all)


def test_from_a_case_on_record_to_the_last_mail(network, writer, approver, deliver_all, visitor):
    assert writer.get("/organise/").status_code == 200
    documented = writer.post("/organise/cases/new/", CASE)
    assert re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){4}", documented.content.decode())  # the giver's code, this once
    assert "Planted Organisername" in writer.get("/organise/cases/").content.decode()
    assert "Planted" not in visitor.get("/").content.decode()

    case_id = re.search(r"/organise/cases/(\d+)/campaigns/", writer.get("/organise/cases/").content.decode()).group(1)
    edit_url = writer.post(f"/organise/cases/{case_id}/campaigns/").url
    page_url = edit_url.removesuffix("editing/")
    early = writer.post(f"{page_url}launching/")
    assert early.status_code == 409
    for words in (
        "Choose what we ask for.",
        "Say to whom it is addressed.",
        "Write the words in at least one language.",
    ):
        assert words in early.content.decode()

    assert writer.post(edit_url, WORDS).status_code == 302
    own = writer.get(page_url).content.decode()
    assert "somebody else must approve" in own and 'name="digest"' not in own
    assert writer.post(f"{page_url}launching/").status_code == 409

    assert page_url in approver.get("/organise/").content.decode()  # the desk shows what waits
    assert approve_all(approver, page_url) == 5  # facts, case, two languages, the judgement of risk
    assert writer.post(edit_url, {**WORDS, "title_fa": "عنوان دیگر"}).status_code == 302  # an edit voids its part
    assert approver.post(f"{page_url}launching/").status_code == 409
    assert approve_all(approver, page_url) == 1
    assert approver.post(f"{page_url}launching/").status_code == 302
    campaign = Campaign.objects.get(state="live")
    assert "Planted Organisername" in visitor.get(f"/campaigns/{campaign.slug}/").content.decode()
    assert "عنوان دیگر" in visitor.get(f"/fa/campaigns/{campaign.slug}/").content.decode()

    for number, language in enumerate(["en", "fa", "en"]):
        person = make_person(f"member-{number}@people.example", name=f"Member {number}", language=language)
        joining.join(person, campaign, through="test", at=timezone.now())
    edit_url = writer.post(f"/organise/campaigns/{campaign.pk}/alerts/").url
    alert_url = edit_url.removesuffix("editing/")
    assert writer.post(edit_url, LETTER).status_code == 302
    page = writer.get(alert_url).content.decode()
    assert re.search(r"will get it now</th><td>3<", page)
    preview = writer.get(f"{alert_url}preview/persian/").content.decode()
    assert 'dir="rtl"' in preview and "نرگس باغبان" in preview and "نام کاشته" in preview
    assert writer.post(f"{alert_url}testing/").status_code == 302
    tests = [m for m in deliver_all().mails(network.writer.email) if "News of" in m["Subject"] or "خبر" in m["Subject"]]
    assert Counter(m["Content-Language"] for m in tests) == Counter({"en": 1, "fa": 1})

    assert approver.post(f"{alert_url}opening/").status_code == 409
    assert approve_all(approver, alert_url) == 3
    assert approver.post(f"{alert_url}opening/").status_code == 302
    assert approver.post(f"{alert_url}letting-go/").status_code == 302  # and not after the seconds to take it back
    going = approver.get(alert_url)
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in going.content.decode()
    open_alerts()
    box = deliver_all()
    sweep()
    alert_mails = [
        m
        for m in box.mails()
        if m["To"].startswith("member-") and m["Subject"] in {"News of Planted Organisername", "خبر نام کاشته"}
    ]
    assert Counter((m["To"], m["Content-Language"]) for m in alert_mails) == Counter(
        {
            ("member-0@people.example", "en"): 1,
            ("member-1@people.example", "fa"): 1,
            ("member-2@people.example", "en"): 1,
        }
    )
    done = approver.get(alert_url).content.decode()
    assert "3 of 3 sent, 0 failed, 0 not sent, 0 left" in done
    assert Alert.objects.get().state == "finished"


class TestSteering:
    @pytest.fixture
    def out(self, network, writer, approver, deliver_all) -> Alert:  # signing in delivers what is due, so it is first
        alert = make_alert(network, make_campaign(network), audience=6)
        deliver_all()  # the notices of joining
        open_fully(alert)
        return alert

    def test_pause_resume(self, out, writer, approver, deliver_all):
        url = f"/organise/alerts/{out.pk}/"
        assert writer.post(f"{url}pausing/").status_code == 302
        deliver_all()
        assert Delivery.objects.of(out).queued().count() == 6
        assert approver.post(f"{url}resuming/").status_code == 302
        deliver_all()
        assert Delivery.objects.of(out).filter(state="sent").count() == 6

    def test_cancel_drops_the_rest_and_counts_it(self, out, writer, deliver_all):
        url = f"/organise/alerts/{out.pk}/"
        assert writer.post(f"{url}cancelling/").status_code == 302
        deliver_all()
        assert Delivery.objects.of(out).filter(state="dropped", reason="cancelled").count() == 6
        assert "0 of 6 sent, 0 failed, 6 not sent, 0 left" in writer.get(url).content.decode()

    def test_resend_to_the_failed_reaches_only_them(self, out, writer, approver, mailbox, deliver_all):
        mailbox.replies = lambda address: {
            "member-00001@people.example": "554 not today",
            "member-00002@people.example": "550 5.1.1 nobody",
        }.get(address)
        deliver_all()
        sweep()
        url = f"/organise/alerts/{out.pk}/"
        page = writer.get(url).content.decode()
        assert "4 of 6 sent, 2 failed" in page and "What people did since" in page
        assert "refused it for good (554)" in page and "refused it for good (550)" in page
        mailbox.replies = lambda address: None
        assert approver.post(f"{url}resending/").status_code == 302
        sweep()
        deliver_all()
        sweep()
        assert "5 of 6 sent, 1 failed, 0 not sent, 0 left" in approver.get(url).content.decode()
        counts = Counter(m["To"] for m in mailbox.mails() if "News of" in m["Subject"] or "خبر" in m["Subject"])
        assert set(counts.values()) == {1} and len(counts) == 5


class TestTheDoor:
    def test_a_supporter_is_told_there_is_no_such_page(self, network, deliver_all, visitor):
        make_person("nasrin@people.example")
        sign_in(visitor, deliver_all, "nasrin@people.example")
        for path in ("/organise/", "/organise/cases/", "/organise/campaigns/", "/organise/alerts/"):
            assert visitor.get(path).status_code == 404

    def test_without_a_second_factor_one_enrols_first(self, network, deliver_all, visitor):
        sign_in(visitor, deliver_all, network.writer.email)
        assert visitor.get("/organise/").url == "/accounts/second-factor/enrol/"
        page = visitor.get("/accounts/second-factor/enrol/").content.decode()
        assert re.search(r"<code>[A-Z2-7]{32}</code>", page)

    def test_a_decision_wants_a_fresh_second_factor(self, network, writer, approver):
        campaign = make_campaign(network, approved=False, launched=False)
        session = approver.session
        for record in session["account_authentication_methods"]:
            record["at"] -= 3600
        session.save()
        part = campaign.parts()[0]
        url = f"/organise/campaigns/{campaign.pk}/approving/"
        asked = approver.post(url, {"part": part.name, "digest": part.digest})
        assert asked.status_code == 302 and asked.url.startswith("/accounts/second-factor/again/")
        resumed = approver.post(asked.url, {"code": code_now()})  # and the decision goes on where it was
        assert resumed.url == f"/organise/campaigns/{campaign.pk}/"

    def test_an_old_screen_approves_nothing(self, network, approver):
        campaign = make_campaign(network, approved=False, launched=False)
        part = next(part for part in campaign.parts() if part.name == "text:en")
        text = campaign.texts.get(language="en")
        text.deck = "{person} changed meanwhile."
        text.save()
        answer = approver.post(
            f"/organise/campaigns/{campaign.pk}/approving/", {"part": part.name, "digest": part.digest}
        )
        assert answer.status_code == 409
        assert "has changed" in answer.content.decode()

    @pytest.mark.parametrize(("steps_ago", "status"), [(1, 302), (3, 200)])
    def test_a_code_of_half_a_minute_ago_is_good_and_an_older_one_is_not(self, network, deliver_all, steps_ago, status):
        make_second_factor(network.writer)
        client = Client(headers={"Sec-Fetch-Site": "same-origin"})
        client.post("/accounts/code/", {"email": network.writer.email})
        [mail] = deliver_all().mails(network.writer.email)
        code = re.search(r"^(\d{6})\s*$", mail.get_body(("plain",)).get_content(), re.MULTILINE).group(1)
        client.post("/accounts/code/confirm/", {"code": code})
        now = time.time()
        shown = format_hotp_value(hotp_value(SECRET, int(now) // 30 - steps_ago))
        with time_machine.travel(now, tick=False):  # so that no half minute ends in between
            assert client.post("/accounts/second-factor/", {"code": shown}).status_code == status

    def test_the_secret_of_a_second_factor_is_not_in_the_database(self, network, writer):
        assert SECRET not in str(Authenticator.objects.get(user=network.writer).data)


def test_bad_words_come_back_with_everything_typed(network, writer):
    campaign = make_campaign(network, launched=False)
    answer = writer.post(f"/organise/campaigns/{campaign.pk}/editing/", {**WORDS, "deck_en": "{secret} typed long"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "{secret} typed long" in page and "There is no slot {secret}" in page and "عنوان" not in page


def test_live_words_do_not_change(network, writer):
    campaign = make_campaign(network)
    assert writer.post(f"/organise/campaigns/{campaign.pk}/editing/", WORDS).status_code == 409


def test_one_person_takes_a_campaign_off_every_page(network, writer, visitor):
    campaign = make_campaign(network)
    assert visitor.get(f"/campaigns/{campaign.slug}/").status_code == 200
    assert writer.post(f"/organise/campaigns/{campaign.pk}/pausing/").status_code == 302
    assert visitor.get(f"/campaigns/{campaign.slug}/").status_code == 410


def test_saving_an_alert_unchanged_voids_nothing(network, writer, deliver_all):
    alert = make_alert(network, make_campaign(network))
    alert.expires_at = timezone.now().replace(hour=23, minute=59, second=59, microsecond=0) + timedelta(days=3)
    alert.save()
    page = writer.get(f"/organise/alerts/{alert.pk}/editing/").content.decode()
    last_day = alert.expires_at.date().isoformat()
    assert f'name="expires_at" value="{last_day}"' in page
    before = [part.digest for part in alert.parts()]
    data = {"severity": "action", "audience": "joined", "expires_at": last_day}
    for variant in alert.variants.all():
        for field in ("subject", "kicker", "preheader", "body", "body_text", "button"):
            data[f"{field}_{variant.language}"] = getattr(variant, field)
    assert writer.post(f"/organise/alerts/{alert.pk}/editing/", data).status_code == 302
    alert.refresh_from_db()
    assert [part.digest for part in Alert.objects.get(pk=alert.pk).parts()] == before


def test_an_unanswered_do_no_harm_question_is_asked_again(network, writer):
    answer = writer.post("/organise/cases/new/", {**CASE, "risk": ""})
    assert answer.status_code == 400
    assert "Planted Organisername" in answer.content.decode()


def test_saving_a_campaign_unchanged_voids_nothing(network, writer):
    """Browsers send CRLF for every line break; that is no edit."""
    campaign = make_campaign(network, launched=False)
    campaign.texts.update(context="somewhere")
    before = [part.digest for part in Campaign.objects.get(pk=campaign.pk).parts()]
    demand = campaign.demands.get()
    data = {"demand": demand.asks, "petition": "on"}
    for title in demand.target.texts.all():
        data[f"target_{title.language}"] = title.title
    for text in campaign.texts.all():
        for field in ("title", "context", "deck", "ask", "letter"):
            data[f"{field}_{text.language}"] = getattr(text, field).replace("\n", "\r\n")
    assert writer.post(f"/organise/campaigns/{campaign.pk}/editing/", data).status_code == 302
    assert [part.digest for part in Campaign.objects.get(pk=campaign.pk).parts()] == before


def test_one_takes_it_off_and_two_bring_it_back(network, deliver_all, visitor):
    campaign = make_campaign(network)
    writer, approver = (enter_workspace(person, deliver_all) for person in (network.writer, network.approver))
    url = f"/organise/campaigns/{campaign.pk}/"
    writer.post(f"{url}pausing/")
    assert writer.post(f"{url}launching/").status_code == 409  # what was approved then is no approval now
    assert visitor.get(f"/campaigns/{campaign.slug}/").status_code == 410
    assert approve_all(approver, url) == 1  # the facts
    assert writer.post(f"{url}launching/").status_code == 302
    assert visitor.get(f"/campaigns/{campaign.slug}/").status_code == 200


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("{They}", "use {They}, and there is no such slot"),
        ("{persn}", "use {persn}, and there is no such slot"),
        ("{ person }", "use { person }, and there is no such slot"),
        ("{}", "use a slot that does not exist"),
    ],
)
def test_a_misspelt_slot_never_goes_live_and_is_named(network, deliver_all, slip, said):
    campaign = make_campaign(network, launched=False, deck=f"{slip} measured a lake.")
    answer = enter_workspace(network.approver, deliver_all).post(f"/organise/campaigns/{campaign.pk}/launching/")
    assert answer.status_code == 409
    assert said in answer.content.decode()


def test_a_draft_is_seen_as_its_readers_would_see_it(network, deliver_all, visitor):
    campaign = make_campaign(
        network, launched=False, approved=False, alias="Baran", scopes=("alias", "narrative", "petition")
    )
    page = (
        enter_workspace(network.writer, deliver_all).get(f"/organise/campaigns/{campaign.pk}/preview/").content.decode()
    )
    assert "Baran measured a lake." in page and "Golnar" not in page
    assert "What you sign" in page
    bare = make_campaign(network, launched=False, scopes=None)
    none = enter_workspace(network.writer, deliver_all).get(f"/organise/campaigns/{bare.pk}/preview/")
    assert "Golnar" not in none.content.decode() and "Nothing can be shown yet" in none.content.decode()


def test_readers_of_the_workspace_who_work_on_no_cases_learn_no_names(network, deliver_all):
    campaign = make_campaign(network, launched=False, alias="Baran", scopes=("alias", "narrative", "petition"))
    viewer = make_person("viewer@host.example")
    network.host.memberships.create(person=viewer, role="viewer", created_at=timezone.now())
    client = enter_workspace(viewer, deliver_all)
    for path in ("/organise/", "/organise/campaigns/", f"/organise/campaigns/{campaign.pk}/"):
        assert "Golnar" not in client.get(path).content.decode(), path
