"""Joint statements as an organisation reads them before it signs, also before the minute at which everybody may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from campaigns.kinds.contract import kind_named
from campaigns.models import Action, SignOn
from campaigns.publishing.action import hidden_until, missing_approvals, previewed, statement_digest
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import find_by_id
from campaigns.publishing.told_of import told_of_ids
from network.models import Organisation


@dataclass(frozen=True, kw_only=True)
class Statement:
    action_id: int
    public_id: UUID
    campaign_title: str
    campaign_slug: str
    position: int
    title: str
    body: str  # safe HTML
    language: str
    released_at: datetime | None  # None: at once
    is_released: bool
    digest: str
    state: (
        str  # of this organisation's sign-on, "" also where it was under another text: entered, confirmed or withdrawn
    )
    sign_on_id: int | None
    signatory: str
    authority: str
    is_confidential: bool
    entered_by_id: int | None


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
    if form is None or missing_approvals(row):
        return None
    signed = SignOn.objects.of(organisation).filter(action=row).first()
    if not row.is_open(at) and (signed is None or signed.state == SignOn.State.WITHDRAWN):
        return None
    digest, words, tongue = statement_digest(row), None, ""
    for tongue in (language, "en", *(text.language for text in row.texts.all())):
        words = previewed(row, told_of_ids(form.told_of, form.left), form.defender, language=tongue)
        if words is not None:
            break
    if words is None:
        return None
    return Statement(
        action_id=row.pk,
        public_id=row.public_id,
        campaign_title=form.title,
        campaign_slug=form.slug,
        position=row.position,
        title=words["title"],
        body=words["body"],
        language=tongue,
        released_at=hidden,
        is_released=is_released,
        digest=digest,
        state=signed.state if signed and signed.digest == digest else "",
        sign_on_id=signed.pk if signed else None,
        signatory=signed.signatory if signed else "",
        authority=signed.authority if signed else "",
        is_confidential=signed.is_confidential if signed else False,
        entered_by_id=signed.entered_by_id if signed else None,
    )
