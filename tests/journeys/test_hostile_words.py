"""Hostile words through every field of every kind: no page fails, and none of them stands anywhere but as words.

Some of them run with every change; five hundred in the deep runs. Each carries a mark that would be an element of its own if it
were ever let through as markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice, product

import pytest
from django.utils import timezone

from campaigns.flows.campaign import moderating, offering, updating
from campaigns.kinds.contract import registered
from campaigns.models import Action, CampaignTemplate, CampaignText, Message, Participation, PlannedStep, Update
from campaigns.publishing import update
from network import links
from network.flows import approving
from tests.makers import approve_campaign, enter_workspace, make_action, make_campaign
from tests.makers.actions import ANSWERS, OPTIONS, words_for

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MARK = "<zq"
CORES = (
    "<zq>", "<zq onload=alert(1)>", "'\"><zq>", "</textarea><zq>", "</title><zq>", "<!--<zq>-->", "]]><zq>", "<zq/src=x>",
    "{{ 7|add:7 }}<zq>", "{% load x %}<zq>", "{person}<zq>", "%(name)s<zq>", "%s%n<zq>", "${7*7}<zq>", "`<zq>`",
    "&lt;zq&gt;<zq>",
    "[x](javascript:alert(1))<zq>", "![x](https://track.example/x.png)<zq>", "<zq>\r\nBcc: a@b.example",
    "=HYPERLINK(\"x\")<zq>",
    "@SUM(1)<zq>", "+1<zq>", "-1<zq>", "'; DROP TABLE x; --<zq>", "\" OR 1=1<zq>", "../../etc/passwd<zq>", "\\u003czq<zq>",
    "\u0000<zq>", "\u202e<zq>", "\u2066<zq>", "\ufeff<zq>", "\u200b<zq>", "زهرا<zq>", "שלום<zq>", "Z̸̛a̷l̴g̶o̵<zq>",
    "👩‍👩‍👧<zq>", "𝔘<zq>", "ﷺ<zq>",
    "a\tb<zq>", "a\x0bb<zq>", "a\x1bb<zq>", "\u2028<zq>", "\u2029<zq>", "..<zq>", "\n.\n<zq>", "<zq>" * 40,
)  # fmt: skip
ROUND = ("{}", " {} ", "x{}", "{}x", "«{}»", "\u200f{}", "{}\n{}", "🙂{}", "{}.", "no {}", "é{}", "{}'")


def hostile() -> Iterator[str]:
    for around, core in product(ROUND, CORES):
        yield around.replace("{}", core)


SOME = list(islice(hostile(), 0, len(CORES), 7))
MANY = list(islice(hostile(), 500))
AMOUNTS = [pytest.param(SOME, id="some"), pytest.param(MANY, id="many", marks=pytest.mark.deep)]
RECORDING = [kind for kind in registered() if kind.records]
OWN = [kind for kind in registered() if not kind.stands_on_the_campaign]


def stands_as_words(answer, *allowed: int) -> bool:
    assert answer.status_code in allowed, (answer.status_code, answer.request["PATH_INFO"])
    assert MARK.encode() not in answer.content
    return True


@pytest.mark.parametrize("words", AMOUNTS)
@pytest.mark.parametrize("kind", RECORDING, ids=lambda kind: kind.name)
def test_what_supporters_write(network, visitor, deliver_all, settings, kind, words):
    settings.OPEN_FORM_POSTS_WITHOUT_ADDRESS_PER_MINUTE = 10**6
    campaign = make_campaign(network, slug="lake")
    url = "/campaigns/lake/"
    if not kind.stands_on_the_campaign:
        options = OPTIONS.get(kind.name, {})
        make_action(network, campaign, kind.name, options=options | ({"room": 5_000} if "room" in options else {}))
        url += "2/"
    moderator = enter_workspace(network.approver, deliver_all)
    for number, one in enumerate(words):
        address = f"hostile-{number}@people.example"
        said = {name: one if isinstance(value, str) else "on" for name, value in ANSWERS.get(kind.name, {}).items()}
        stands_as_words(visitor.post(url, {"name": one, "email": one, **said}), 400)
        typed = {name: "on" if value is True else value for name, value in ANSWERS.get(kind.name, {}).items()}
        free = {kind.free_words: one} if kind.free_words else {}
        stands_as_words(visitor.post(url, {"name": one, "email": address, **typed, **free}), 302, 400)
        row = Participation.objects.filter(address=address).first()
        if row is None:
            continue
        link = f"/confirm/{links.token_for(row.pk, address, salt=links.PARTICIPATION)}/"
        stands_as_words(visitor.get(link), 200)
        stands_as_words(visitor.post(link, {"name": one, **typed, **free}, follow=True), 200, 400)
        if message := Message.objects.filter(participation=row).first():
            stands_as_words(moderator.get(f"/organise/messages/{message.pk}/"), 200)
            moderating.accept(message.pk, digest=message.digest_now(), by=network.approver, at=timezone.now())
    stands_as_words(visitor.get(url), 200)
    if kind.free_words:
        action = campaign.actions.get(kind=kind.name)
        if batch := moderating.make_batch(action.pk, by=network.approver, at=timezone.now()):
            stands_as_words(moderator.get(f"/organise/batches/{batch.pk}/"), 200)
    for mail in deliver_all().mails():
        assert "\n" not in mail["Subject"] and mail["Bcc"] is None
        assert MARK not in mail.get_body(("html",)).get_content()


@pytest.mark.parametrize("words", AMOUNTS)
@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.name)
def test_what_organisers_write_for_an_action(network, visitor, deliver_all, kind, words):
    campaign = make_campaign(network, slug="lake")
    action = make_action(network, campaign, kind.name, opened=False)
    writer = enter_workspace(network.writer, deliver_all)
    options = {name: value for name, value in OPTIONS.get(kind.name, {}).items() if isinstance(value, str)}
    for one in words:
        typed = {f"{word.name}_en": one for word in kind.words} | dict.fromkeys(options, one)
        stands_as_words(writer.post(f"/organise/actions/{action.pk}/editing/", typed), 302, 400)
        stands_as_words(writer.get(f"/organise/actions/{action.pk}/"), 200)
        stands_as_words(writer.get(f"/organise/actions/{action.pk}/editing/"), 200)
        texts = {"en": dict.fromkeys(words_for(kind, "en"), one)}
        offering.write(action.pk, options=OPTIONS.get(kind.name, {}), texts=texts, by=network.writer, at=timezone.now())
        Action.objects.filter(pk=action.pk).update(
            is_draft=False
        )  # past the guard and approvals: as if both had failed
        stands_as_words(visitor.get("/campaigns/lake/2/"), 200, 404)
        Action.objects.filter(pk=action.pk).update(is_draft=True)


@pytest.mark.parametrize("words", AMOUNTS)
def test_what_organisers_write_for_a_campaign(network, visitor, words):
    campaign = make_campaign(network, slug="lake")
    paths = ("/campaigns/lake/", "/campaigns/lake/sheet.pdf", "/feeds/campaigns.atom", "/", "/campaigns/")
    for one in words:
        line = one.replace("\x00", "").replace("\r", " ").replace("\n", " ")
        CampaignText.objects.filter(campaign=campaign).update(title=line, deck=one.replace("\x00", ""), ask=line)
        approve_campaign(network, campaign)
        for path in paths:
            answer = visitor.get(path)
            assert answer.status_code in {200, 404, 410}
            if not path.endswith(".pdf"):
                assert MARK.encode() not in answer.content


@pytest.mark.parametrize("words", AMOUNTS)
def test_what_organisers_write_beside_a_campaign(network, visitor, deliver_all, words):
    """Its news, its offices, what is kept of it, what is planned."""
    campaign = make_campaign(network, slug="lake")
    draft = make_campaign(network, slug="river", launched=False)
    writer = enter_workspace(network.writer, deliver_all)
    here, there = f"/organise/campaigns/{campaign.pk}/", f"/organise/campaigns/{draft.pk}/"
    news = writer.post(f"{here}updates/new/")["Location"]
    row = campaign.updates.get()
    day = (timezone.now() + timedelta(days=3)).date().isoformat()
    for one in words:
        stands_as_words(writer.post(news, {"title_en": one, "body_en": one}), 302, 400)
        updating.write(
            row.pk, texts={"en": {"title": one, "body": one}}, by=network.writer, at=timezone.now()
        )  # past the form
        row.published_at = timezone.now()
        row.save()
        fresh = Update.objects.get(pk=row.pk)
        for part in update.parts_of(fresh):
            approving.approve(update.SUBJECT, row.pk, part, by=network.approver, at=timezone.now())
        for path in ("/campaigns/lake/", "/feeds/campaigns.atom", f"/organise/updates/{row.pk}/"):
            stands_as_words((writer if "organise" in path else visitor).get(path), 200)
        told = visitor.get("/api/v1/campaigns/").json()["results"][0]["updates"]
        assert all(MARK not in one["html"] for one in told)
        Update.objects.filter(pk=row.pk).update(published_at=None)
        typed = {"asks": "release", "title_en": one, "salutation_en": one, "country": one}
        stands_as_words(writer.post(f"/organise/demands/{draft.demands.get().pk}/", typed | {"country": ""}), 302, 400)
        stands_as_words(writer.post(f"/organise/demands/{draft.demands.get().pk}/", typed), 400)
        stands_as_words(writer.post(f"{there}template/", {"name": one}), 302, 400)
        stands_as_words(writer.post(f"{here}plan/delivery/", {"goal": one, "on": one, "how": one}), 302, 400)
        stands_as_words(writer.post(f"{here}plan/delivery/", {"goal": 5, "on": day, "how": one}), 302, 400)
        stands_as_words(writer.post(f"{here}plan/steps/", {"on": day, "words": one}), 302, 400)
        for path in (there, "/organise/campaigns/", f"{here}plan/", "/organise/", f"{there}editing/"):
            stands_as_words(writer.get(path), 200)
        CampaignTemplate.objects.all().delete()
        PlannedStep.objects.all().delete()
