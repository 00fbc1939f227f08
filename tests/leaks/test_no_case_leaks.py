"""The leak suite for the record: a unique secret in every field, relation and text of every kind of case that may not be
told, and a crawl of every address as everybody. Then each condition and each renderer is broken, one at a time, and the
crawl must find what that one held back. The secrets, the crawl and the broken guards are one argument and stand in one file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.flows.gate import consenting, correcting, publishing, silencing
from campaigns.flows.record import describing, linking, picturing, registering, telling
from campaigns.models import Case, CaseStatus, PageAddress, Photo, PublicationConsent
from campaigns.models.gate import consent, facts
from campaigns.models.record.case import CaseQuerySet
from campaigns.models.record.claim import ClaimQuerySet
from campaigns.publishing import case as published
from campaigns.publishing import claims, evidence, standing
from campaigns.publishing.case_parts import part_of_photo
from network.flows.relaying import relay
from network.models.approval import ApprovalQuerySet
from notifications.engine import dispatching
from tests.leaks.test_nothing_leaks import READ, everything_read, fitting, nobody_misses, paths_of
from tests.makers import administrator_of, approve_case, enter_workspace, make_case, make_jpeg, make_key, make_partner
from tests.makers.cases import DAY

pytestmark = pytest.mark.django_db

ALL = ("name", "narrative", "quote", "translation", "photo", "health", "province", "religion", "age")
# Every way in which a case, or a part of it, may not be told.
HIDDEN: dict[str, dict[str, Any]] = {
    "draft": {"published": False},
    "unconsented": {"scopes": None},
    "wordless": {"scopes": ("name", "petition")},
    "expired": {"consent_until": timezone.now() - timedelta(seconds=1)},
    "unassessed": {"risk": None},
    "stopped": {"risk": "stop"},
    "lapsed": {"risk_until": timezone.now() - timedelta(seconds=1)},
    "unapproved": {},
    "embargoed": {},
    "withdrawn": {},
    "unsaid": {},
    "takenoff": {},
    "partners": {"scopes": None, "partners": ALL},
    "dead": {},
    # Told, and of these a part is kept back:
    "veiled": {"alias": "Baran", "scopes": ("alias", "narrative")},
    "narrowed": {"alias": "Baran", "scopes": ALL},
    "child": {"alias": "Baran", "scopes": ("alias", *ALL), "age_at_event": 15},
    "prose": {"alias": "Baran", "scopes": ("alias", "narrative")},
    "unverified": {"name": "Open Name", "name_fa": "نام باز"},
    "guarded": {"name": "Known Name", "name_fa": "نام آشنا"},
    "unseen": {"name": "Shown Name", "name_fa": "نام پیدا"},
}
WHOLE = {
    state
    for state in HIDDEN
    if state not in {"veiled", "narrowed", "child", "prose", "unverified", "guarded", "unseen"}
}
PUBLIC = ["/", "/defenders/", "/fa/defenders/", "/feeds/defenders.atom", "/api/v1/cases/", "/api/v1/cases/?language=fa"]


def secret(state: str) -> str:
    return f"Zq{state}qz"


def plant(network, state: str) -> Case:
    """A case of that state with its secret wherever that state must hold it back."""
    word = secret(state)
    made: dict[str, Any] = {"name": f"{word} Surname{word}", "name_fa": f"{word}فا", "scopes": ALL} | HIDDEN[state]
    texts: dict[str, str] = {}
    if state in WHOLE:
        texts = {"summary": f"{{person}} {word}summary", "story": f"{word}story **{{person}}**"}
    if state == "prose":
        texts = {"summary": f"They say {word} measured a lake."}
    if state == "guarded":
        texts = {"summary": f"In {word} they measured a lake."}
    case = make_case(network, **{"approved": False, **made}, **texts)
    _fill(network, case, state)
    if state == "unapproved":
        return case
    approve_case(network, case)
    if state != "unseen":
        for row in Photo.objects.filter(case=case.pk):
            digest = part_of_photo(row).digest
            picturing.approve(row.pk, digest=digest, by=network.approver, at=timezone.now())
    return case


def verified_unchecked(row, *, by) -> None:
    """As if the guard had let it pass when somebody looked: what must be held back is then for the rendering to hold."""
    type(row).objects.filter(pk=row.pk).update(verified_by=by, verified_at=timezone.now())


def _fill(network, case: Case, state: str) -> None:
    now, word = timezone.now(), secret(state)
    names = [
        describing.Name(kind=row.kind, language=row.language, text=row.text, short=row.short, is_display=row.is_display)
        for row in case.defender.names.order_by("pk")
    ]
    names.append(describing.Name(kind="legal", language="en", text=f"Legal{word}"))
    hidden = word if state in WHOLE or state in {"veiled", "child"} else ""
    code = f"QX-{list(HIDDEN).index(state)}"
    registering.register_province(code, {"en": f"{hidden}Province"}, by=network.writer, at=now)
    describing.describe(
        case.pk,
        describing.Description(
            names=names,
            pronouns={},
            sectors=["teachers"],
            rights=["work"],
            province=code,
            age_at_event=case.age_at_event,
            special={("religion", "en"): f"{hidden}religion"} if hidden else {},
            guarded=[("place", word if state == "guarded" else f"Place{word}"), ("date", "1987-06-05")],
        ),
        by=network.writer,
        at=now,
    )
    report = telling.Report(
        from_earliest=DAY,
        from_latest=DAY,
        reporter="family",
        source_reliability="unsure",
        item_reliability="unsure",
    )
    telling.record_source(case.pk, kind="media", reliability="unsure", note=f"Note{word}", by=network.writer, at=now)
    for kind, said in (("arrest", f"{word}event"), ("hunger_strike", f"{word}health")):
        if kind == "hunger_strike" and state not in WHOLE | {"veiled", "child", "unverified"}:
            continue
        if kind == "arrest" and state not in WHOLE | {"unverified", "guarded"}:
            continue
        row = telling.record_event(
            case.pk, kind=kind, words={"en": said, "fa": said}, report=report, by=network.writer, at=now
        )
        if state != "unverified":
            verified_unchecked(row, by=network.approver)
    own = telling.record_own_words(
        case.pk, language="en", words={"en": f"{word}quote"}, report=report, by=network.writer, at=now
    )
    line = telling.record_correction(case.pk, words={"en": f"{word}correction"}, by=network.writer, at=now)
    if state in WHOLE | {"veiled", "child"}:
        verified_unchecked(own, by=network.approver)
    if state in WHOLE:
        verified_unchecked(line, by=network.approver)
    if state in WHOLE | {"unseen"}:
        caption = picturing.Caption(alt={"en": f"{word}alt"}, credit=f"{word}credit", licence="CC0")
        picturing.add(case.pk, make_jpeg((200, 150)), caption, by=network.writer, at=now)
    PublicationConsent.objects.filter(case=case).update(
        conditions=f"{word}condition", authority=f"{word}authority", evidence=f"{word}evidence"
    )


@pytest.fixture
def planting(network, settings):
    """Plants the cases of some states, links each with one that is open, and returns them with a partner and its key."""
    settings.PHOTO_WIDTHS = (100,)
    return partial(_planted, network)


@pytest.fixture
def world(planting):
    return planting(HIDDEN)


def _planted(network, states: Collection[str]) -> dict[str, Any]:
    now = timezone.now()
    planted = {state: plant(network, state) for state in HIDDEN if state in states}
    for state, case in planted.items():
        _hide(network, state, case)
    for case in planted.values():
        correcting.ask(case.pk, wish="remove", words="Zqrequestqz", address="", language="en", at=now)
    shown = make_case(network, name="Quite Open", name_fa="باز")  # so that lists are not empty
    for case in planted.values():  # and whose page would tell of everybody it belongs together with
        link = linking.link(shown.pk, case.pk, kind="co_defendant", by=network.writer, at=now)
        linking.verify(link.pk, by=network.approver, at=now)
    partner = make_partner(network)
    return {"planted": planted, "partner": partner, "key": make_key(partner)}


def _hide(network, state: str, case: Case) -> None:
    """What happened to it after it had been approved."""
    now = timezone.now()
    if state == "embargoed":
        publishing.embargo(case.pk, until=now + timedelta(hours=1), by=network.writer, at=now)
        approve_case(network, case)
    elif state == "withdrawn":
        silencing.withdraw_case(case.pk, by=None, at=now)
    elif state == "unsaid":
        silencing.withdraw_consent(case.consents.get().pk, by=None, at=now)
    elif state == "takenoff":
        publishing.unpublish(case.pk, by=None, at=now)
    elif state == "dead":
        _die(network, case)
    elif state == "narrowed":
        said = consenting.Consent(given_by="family", scopes=("alias", "narrative"), expires_at=now + timedelta(days=9))
        consenting.record_consent(case.pk, said, by=network.writer, at=now)
        approve_case(network, case)


def _die(network, case: Case) -> None:
    now = timezone.now()
    CaseStatus.objects.create(
        case=case,
        dimension="life",
        value="killed",
        from_earliest=DAY,
        from_latest=DAY,
        reporter="family",
        recorded_by=network.writer,
        recorded_at=now,
        verified_by=network.approver,
        verified_at=now,
    )


def addresses(world) -> list[str]:
    """Every named address, with the arguments of every planted case."""
    slugs = list(PageAddress.objects.values_list("slug", flat=True))
    choices: list[list[Any]] = [[], ["x"], *([slug] for slug in slugs)]
    for case in world["planted"].values():
        choices += [[case.pk], [case.public_id], [case.defender.public_id]]
        choices += [[row.token, 100] for row in case.photos.all()]
        choices += [[row.pk, 100] for row in case.photos.all()]
        choices += [["event", row.pk] for row in case.timeline.all()]
    found = {"/fa/", *PUBLIC, "/defenders/?province=QX-14", "/defenders/?q=Zq", "/fa/feeds/defenders.atom"}
    for name in READ:
        for arguments in fitting(name, choices):
            try:
                found.add(reverse(name, args=arguments))
            except Exception:  # not this shape of arguments
                continue
    found |= {f"/fa{path}" for path in found if path.startswith(("/cases/", "/defenders/", "/photos/"))}
    return sorted(path for path in found if not path.startswith(("/accounts/", "/mailbox", "/me/")))


def crawl(client: Client, paths: list[str], world) -> set[str]:
    """The states whose secret stands anywhere in an answer, however written, or in a header."""
    leaked = set()
    for path in paths:
        answer = client.get(path)
        text = (answer.content.decode("utf-8", "replace") + str(dict(answer.headers))).lower()
        if "q=zq" in path or "zq" in path.lower():
            text = text.replace(path.lower(), "")  # what was asked for comes back in links of its own page
        leaked |= {state for state in world["planted"] if secret(state).lower() in text}
        assert "zqrequestqz" not in text, path
    return leaked


def test_nobody_outside_reads_a_secret_of_any_case(world, deliver_all, mailbox):
    paths = [path for path in addresses(world) if "zq" not in path.lower()]
    assert len(paths) > 400
    readers = {
        "stranger": Client(),
        "key": Client(headers={"Authorization": f"Bearer {world['key']}"}),
        "partner": enter_workspace(administrator_of(world["partner"]), deliver_all),
    }
    for who, client in readers.items():
        assert crawl(client, paths_of(who, paths), world) == set(), who
    relay()
    while dispatching.dispatch():
        pass
    mails = "\n".join(raw.decode("utf-8", "replace") for _, raw in mailbox.received).lower()
    assert {state for state in world["planted"] if secret(state).lower() in mails} == set()


def test_no_address_of_a_page_holds_a_name_that_is_kept_back(world):
    in_use = PageAddress.objects.filter(retired_at=None).values_list("slug", flat=True)
    for state in ("veiled", "narrowed", "child", "prose"):
        assert not [slug for slug in in_use if secret(state).lower() in slug], state


def broken_to(value):
    return lambda *args, **kwargs: value


# What two have read of risk is a guard of its own, beside the gate's query and beside the approvals.
RISK_IS_READ = (evidence, "read_until", everything_read)
NOBODY_LOOKS = [(ApprovalQuerySet, "missing_of_each", nobody_misses), RISK_IS_READ]


def everything(self, *args, **kwargs):
    return self


@pytest.mark.parametrize(
    ("breaks", "finds"),
    [
        (
            [(published, "open_cases", lambda *args, **kwargs: Case.objects.get_queryset())],
            {"embargoed", "stopped"},
        ),
        (
            [(published, "open_cases", lambda *args, **kwargs: Case.objects.get_queryset()), RISK_IS_READ],
            {"unassessed"},
        ),
        ([(CaseQuerySet, "published", everything), *NOBODY_LOOKS], {"takenoff"}),
        (NOBODY_LOOKS, {"unapproved", "unseen"}),
        ([(ClaimQuerySet, "verified", everything)], {"unverified"}),
        ([(published, "findings", broken_to([]))], {"prose"}),
        ([(claims, "findings", broken_to([]))], {"guarded"}),
        ([(standing.Standing, "remembrance_permitted", True)], {"dead"}),
        ([(consent, "RAISED_FOR_A_CHILD", frozenset()), *NOBODY_LOOKS], {"child"}),
        (
            [
                (where, "permitted_scopes", broken_to(frozenset(PublicationConsent.Scope.values)))
                for where in (standing, facts)
            ]
            + NOBODY_LOOKS,
            {"veiled", "narrowed", "wordless"},
        ),
    ],
    ids=[
        "gate",
        "risk",
        "pressed",
        "approval",
        "verified",
        "guard of words",
        "guard of events",
        "memorial",
        "child",
        "scopes",
    ],
)
def test_the_crawl_finds_what_one_broken_guard_lets_out(planting, monkeypatch, breaks, finds):
    world = planting(finds)
    pages = [
        reverse("case_page", args=[slug])
        for slug in PageAddress.objects.filter(page="case").values_list("slug", flat=True)
    ]
    paths = [*PUBLIC, *pages]
    assert crawl(Client(), paths, world) == set()
    for where, name, broken in breaks:
        monkeypatch.setattr(where, name, broken)
    assert crawl(Client(), paths, world) >= finds
