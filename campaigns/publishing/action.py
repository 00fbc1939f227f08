"""PublishedAction: what may be said of an action to an audience, in a language; and what stands in the way of opening one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.safestring import mark_safe

from campaigns.kinds.contract import Happening, Kind, kind_named
from campaigns.kinds.offices import Office
from campaigns.models import Action, ActionText, Campaign
from campaigns.publishing import conduct, message_rules, prose
from campaigns.publishing.defender import PublishedDefender
from campaigns.publishing.markdown import to_html
from campaigns.publishing.signers import Signer, hidden_until, signed
from campaigns.publishing.slots import fill, slots_of, unknown_slots
from campaigns.publishing.told_of import ToldOf, unfit_words
from network.models import Approval
from network.models.part import Part

SUBJECT = "action"


@dataclass(frozen=True, kw_only=True)
class PublishedAction:
    id: int
    public_id: UUID
    position: int  # in its campaign; part of its address
    kind: str
    is_open: bool
    options: dict
    language: str  # of its own words; empty where it stands on the campaign's
    words: Mapping[str, str]  # {name: text or safe HTML}, as the kind names them; empty likewise
    told_after: Mapping[str, str]  # as `words`: only to whoever took part and confirmed it
    happens: Happening | None
    capacity: int  # for how many there is room; 0: for any number
    opened_at: datetime | None
    last_day: date | None  # of an urgent action, where its campaign keeps time; past it nothing is asked any more
    number: str  # of an urgent action: "UA 3/2026"
    was_ended_early: bool = False  # of an urgent action: before its last day was over
    is_called_off: bool = False  # of what people come together for: it ended before it began
    signers: tuple[Signer, ...] = ()  # of a joint statement, in the order in which they signed
    demand_id: int | None = None  # of the campaign's demands, that which it turns to an office with
    unnamed: int = 0  # who stand by it and want to be named nowhere

    @property
    def kind_of(self) -> Kind:
        return kind_named(self.kind)

    @property
    def title(self) -> str:
        return self.words.get("title", "")

    @property
    def signed_later(self) -> list[Signer]:
        return [one for one in self.signers if one.is_late]

    @property
    def signers_in_all(self) -> int:
        return len(self.signers) + self.unnamed


def pressing_first(actions: Iterable[PublishedAction]) -> list[PublishedAction]:
    """What has a last day before what has none, the nearest first; else as it was asked."""
    return sorted(actions, key=lambda one: (one.last_day or date.max, one.position))


def last_day_of(action: Action) -> date | None:
    """The day whose end is the end of an urgent action, where its campaign keeps time."""
    if action.act_before is None or happens(action) is not None:
        return None
    return (action.act_before.astimezone(ZoneInfo(action.campaign.zone)) - timedelta(days=1)).date()


def is_called_off(action: Action) -> bool:
    """People were to come together for it, and it was ended before that."""
    hour = happens(action)
    return hour is not None and action.closed_at is not None and action.closed_at < hour.begins


def _was_ended_early(action: Action) -> bool:
    is_urgent = last_day_of(action) is not None
    return (
        is_urgent
        and action.closed_at is not None
        and action.act_before is not None
        and action.closed_at < action.act_before
    )


def happens(action: Action) -> Happening | None:
    """When people come together for it."""
    kind = kind_named(action.kind)
    return kind.happens(kind.options.read(action.options))


def capacity(action: Action) -> int:
    """For how many there is room; 0: for any number."""
    kind = kind_named(action.kind)
    return kind.capacity(kind.options.read(action.options))


def changes_at(action: Action, *, at: datetime) -> list[datetime]:
    """Moments to come at which what is shown of an open action is another: it appears, or ends."""
    moments = (action.act_before, hidden_until(action)) if action.is_open(at) else ()
    return [moment for moment in moments if moment is not None and moment > at]


def campaign_of_action(public_id: UUID) -> UUID | None:
    """The public id of the campaign that an action belongs to, shown or not."""
    row = Action.objects.filter(public_id=public_id).select_related("campaign").first()
    return row.campaign.public_id if row else None


def parts_of(action: Action) -> list[Part]:
    """What is approved, part by part: what it is, each language's words, and what stands out in them."""
    parts = action.parts()
    for text in sorted(action.texts.all(), key=lambda one: one.language):
        if read := to_be_read(text):
            content = {"words": text.words, "read": [[one.rule, one.words] for one in read], **text.added}
            parts.append(Part.written_in(text, f"conduct:{text.language}", content))
    return parts


def to_be_read(text: ActionText) -> list[conduct.Breach]:
    """Measures against persons or goods, and violence: a second reader says whether we may ask for them."""
    return conduct.breaches(text.joined(), conduct.READ_WHERE_ASKED)


def asked_for(text: ActionText) -> list[conduct.Breach]:
    """What no action of ours asks for. All of its words ask for something."""
    return conduct.breaches(text.joined(), conduct.NEVER_ASKED)


def unfit(text: ActionText, told: Sequence[ToldOf]) -> list[prose.Finding]:
    """What the prose guard refuses in an action's words; empty when they may stand."""
    kind = kind_named(text.action.kind)
    told_after = {word.name for word in kind.words if word.is_told_after}
    open_, after = (
        "\n".join(words for name, words in sorted(text.words.items()) if (name in told_after) is is_after)
        for is_after in (False, True)
    )
    # Where people meet is there to be found, so a way to reach somebody may stand in it.
    found = [one for one in unfit_words(after, told) if one.why != "contact"] if after else []
    return [*unfit_words(open_, told), *found]


def unfit_options(action: Action, told: Sequence[ToldOf]) -> list[prose.Finding]:
    """The same in what an organiser set beside the words, such as an office's address on paper, which is there to be reached."""
    words = "\n".join(value for value in action.options.values() if isinstance(value, str))
    return [one for one in unfit_words(words, told) if one.why != "contact"]


def missing_words(action: Action, told: Sequence[ToldOf]) -> list[str]:
    """Codes of what is wrong with an action itself, in the order an organiser would settle it."""
    kind = kind_named(action.kind)
    options = kind.options.read(action.options)
    offices = [options]
    if action.demand is not None and isinstance(options, Office) and action.demand.target.country:
        offices.append(
            replace(options, country=action.demand.target.country)
        )  # as is on record of the office it is for
    states = {one.case.country for one in told}
    found = list(
        dict.fromkeys(code for one in offices for state in sorted(states) for code in kind.missing(one, state))
    )
    found += [f"unfit-options:{one.words}" for one in unfit_options(action, told)]
    texts = sorted(action.texts.all(), key=lambda one: one.language)
    if not texts:
        found.append("text")
    for text in texts:
        if not all(text.words.get(word.name) or word.may_be_empty for word in kind.words):
            found.append(f"empty:{text.language}")
        found += [f"unfit:{text.language}:{one.why}:{one.words}" for one in unfit(text, told)]
        found += [f"conduct:{text.language}:{one.rule}:{one.words}" for one in asked_for(text)]
        if kind.begins_from:
            rules = options.rules()  # type: ignore[attr-defined]
            broken = message_rules.unfit(text.words.get(kind.begins_from, ""), rules)
            found += [f"sample-unfit:{text.language}:{one.words}" for one in broken]
        found += [f"unknown-slot:{text.language}:{one}" for one in unknown_slots(text.joined(), allowed=slots_of())]
    return found


def missing_words_in(action: Action, language: str, told: Sequence[ToldOf]) -> list[str]:
    """Of these codes those that are about one language."""
    return [code for code in missing_words(action, told) if code.split(":")[1:2] == [language]]


def was_shown(campaign_id: int, position: int) -> bool:
    """Whether readers were told of it once: then it is gone for now, and not unknown."""
    known = Action.objects.filter(campaign=campaign_id, position=position, has_own_words=True, is_draft=False)
    return known.exclude(told_at=None).exists()


def missing_approvals(action: Action) -> list[str]:
    return Approval.objects.missing(SUBJECT, action.pk, parts_of(action))


def unread_of(actions: Iterable[Action]) -> dict[int, list[str]]:
    """{action id: names of the parts nobody else has approved as they stand}, of those with words of their own."""
    own = {action.pk: parts_of(action) for action in actions if action.has_own_words and not action.is_draft}
    return Approval.objects.missing_of_each(SUBJECT, own) if own else {}


def published_action(
    action: Action,
    told: Sequence[ToldOf],
    defender: PublishedDefender,
    *,
    language: str,
    unread: Collection[str],
    at: datetime,
) -> PublishedAction | None:
    """An action as it may be shown, in the nearest language whose words are approved and may stand; None when there is none."""
    words: dict[str, str] = {}
    told_after: dict[str, str] = {}
    text = None
    if action.has_own_words:
        hidden = hidden_until(action)
        is_kept_back = action.is_draft or "facts" in unread or (hidden is not None and hidden > at)
        if hidden is not None and action.closed_at is not None and action.closed_at < hidden:
            is_kept_back = True  # it was ended before anybody could read it
        is_kept_back = is_kept_back or bool(unfit_options(action, told))
        text = None if is_kept_back else _text_for(action, told, language, unread)
        if text is None:
            return None
        kind = kind_named(action.kind)
        words = _filled(kind, text, defender)
        told_after = {word.name: words.pop(word.name) for word in kind.words if word.is_told_after}
    return PublishedAction(
        id=action.pk,
        public_id=action.public_id,
        position=action.position,
        kind=action.kind,
        is_open=action.is_open(at),
        options=dict(action.options),
        language=text.language if text else "",
        words=words,
        told_after=told_after,
        happens=happens(action),
        capacity=capacity(action),
        opened_at=action.opened_at,
        last_day=last_day_of(action),
        was_ended_early=_was_ended_early(action),
        is_called_off=is_called_off(action),
        number=f"UA {action.number}/{action.year}" if action.number else "",
        demand_id=action.demand_id,
        **signed(action),
    )


def published_actions(
    campaign: Campaign,
    told: Sequence[ToldOf],
    defender: PublishedDefender,
    *,
    language: str,
    unread: Mapping[int, Collection[str]],
    at: datetime,
) -> tuple[PublishedAction, ...]:
    """Those of a campaign that may be shown, in the order in which they were asked. unread: as `unread_of`."""
    found = (
        published_action(one, told, defender, language=language, unread=unread.get(one.pk, ()), at=at)
        for one in campaign.actions.all()
    )
    return tuple(one for one in found if one is not None)


def previewed(action: Action, told: Sequence[ToldOf], defender: PublishedDefender, *, language: str) -> Any:
    """For the workspace alone: its words in a language as readers would see them, approved or not; None if they may not stand."""
    text = next((one for one in action.texts.all() if one.language == language), None)
    if text is None or unfit(text, told):
        return None
    return _filled(kind_named(action.kind), text, defender)


def _text_for(action: Action, told: Sequence[ToldOf], language: str, unread: Collection[str]) -> ActionText | None:
    texts = {
        text.language: text
        for text in action.texts.all()
        if not (text.waits or conduct.parts_of_language(text.language) & set(unread)) and not unfit(text, told)
    }
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), None)


def _filled(kind: Kind, text: ActionText, defender: PublishedDefender) -> dict[str, str]:
    filled: dict[str, str] = {}
    for word in kind.words:
        typed = text.words.get(word.name, "")
        if word.rows and not word.is_plain:
            html = fill(to_html(typed, keeps_lines=True), defender, text.language, html=True)
            filled[word.name] = mark_safe(html)
        else:
            filled[word.name] = fill(typed, defender, text.language, html=False)
    return filled
