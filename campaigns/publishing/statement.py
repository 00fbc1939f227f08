"""Joint statements as an organisation reads them before it signs, also before the minute at which everybody may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from campaigns.kinds.contract import kind_named
from campaigns.models import Action, SignOn
from campaigns.publishing.action import missing_approvals, previewed
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import find_by_id
from campaigns.publishing.signers import hidden_until, statement_digest
from campaigns.publishing.told_of import told_of_ids
from network.languages import distance
from network.models import Organisation


@dataclass(frozen=True, kw_only=True)
class Version:
    language: str
    title: str
    body: str  # safe HTML


@dataclass(frozen=True, kw_only=True)
class Statement:
    action_id: int
    public_id: UUID
    campaign_title: str
    campaign_slug: str
    position: int
    # What is signed, in every language, the reader's own first; empty: not to be read now.
    versions: tuple[Version, ...]
    released_at: datetime | None  # None: at once
    is_released: bool
    digest: str
    # Of this organisation's sign-on: entered, confirmed or withdrawn; "" also where it was under another text.
    state: str
    sign_on_id: int | None
    signatory: str
    authority: str
    is_confidential: bool
    entered_by_id: int | None

    @property
    def title(self) -> str:
        return self.versions[0].title if self.versions else self.campaign_title

    @property
    def language(self) -> str:
        return self.versions[0].language if self.versions else ""


def statements_for(organisation: Organisation, *, language: str, at: datetime) -> list[Statement]:
    """Every joint statement that can be signed today, and those this organisation has signed; the latest first."""
    rows = Action.objects.filter(has_own_words=True, is_draft=False).select_related("campaign__case__defender")
    found = [
        _statement(row, organisation, language=language, at=at)
        for row in rows.prefetch_related("texts").order_by("-opened_at", "-pk")
        if kind_named(row.kind).by_organisations
    ]
    return [one for one in found if one is not None]


def statement_for(organisation: Organisation, action_id: int, *, language: str, at: datetime) -> Statement | None:
    found = statements_for(organisation, language=language, at=at)
    return next((one for one in found if one.action_id == action_id), None)


def _statement(row: Action, organisation: Organisation, *, language: str, at: datetime) -> Statement | None:
    hidden = hidden_until(row)
    is_released = hidden is None or hidden <= at
    if not organisation.is_in_good_standing or not (is_released or organisation.standing == Organisation.Standing.FULL):
        return None  # on probation one reads what everybody may, and no more
    form = find_by_id(row.campaign_id, audience=Audience.PUBLIC, language=language, at=at)
    if form is None:
        return None
    signed = SignOn.objects.of(organisation).filter(action=row).first()
    if not row.is_open(at) and (signed is None or signed.state == SignOn.State.WITHDRAWN):
        return None
    digest, told = statement_digest(row), told_of_ids(form.told_of, form.left)
    tongues = sorted((text.language for text in row.texts.all()), key=lambda one: distance(one, language))
    known = [(tongue, previewed(row, told, form.defender, language=tongue)) for tongue in tongues]
    if missing_approvals(row) or any(words is None for _tongue, words in known):  # nobody signs what they cannot read
        known = []
    if not known and (signed is None or signed.state == SignOn.State.WITHDRAWN):
        return None  # whoever signed can still take it back
    return Statement(
        action_id=row.pk,
        public_id=row.public_id,
        campaign_title=form.title,
        campaign_slug=form.slug,
        position=row.position,
        versions=tuple(
            Version(language=tongue, title=words["title"], body=words["body"]) for tongue, words in known if words
        ),
        released_at=hidden,
        is_released=is_released,
        digest=digest,
        state=signed.state if signed and (signed.digest == digest or not known) else "",
        sign_on_id=signed.pk if signed else None,
        signatory=signed.signatory if signed else "",
        authority=signed.authority if signed else "",
        is_confidential=signed.is_confidential if signed else False,
        entered_by_id=signed.entered_by_id if signed else None,
    )
