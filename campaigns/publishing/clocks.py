"""What has a clock in the workspace: whom to ask again and why, an emergency's day, a consent that was taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Case, CaseStatus, PublicationConsent, RiskAssessment, open_cases
from campaigns.publishing.case import is_verified
from campaigns.publishing.case_parts import missing_parts
from campaigns.publishing.workspace import CaseOnRecord, case_on_record

TURNING = (CaseStatus.Dimension.LIBERTY, CaseStatus.Dimension.LEGAL, CaseStatus.Dimension.LIFE)


def to_renew(*, at: datetime) -> list[tuple[CaseOnRecord, tuple[Any, ...]]]:
    """Whom to ask again, and why: what is shown has a consent or a judgement of risk that has ended, or ends within
    CONSENT_REMINDER_DAYS; or something turned (arrest, verdict, release, exile, death) after the last yes."""
    soon = at + timedelta(days=settings.CONSENT_REMINDER_DAYS)
    shown = Campaign.objects.shown().filter(case__withdrawn_at=None)
    lasting = set(shown.publishable(at).publishable(soon).values_list("pk", flat=True))
    ending = shown.exclude(pk__in=lasting).prefetch_related("beside__case")
    ids = {case.pk for campaign in ending for case in campaign.cases if case.withdrawn_at is None}
    cases = Case.objects.published().filter(withdrawn_at=None, archived_at=None)
    ids |= set(cases.exclude(pk__in=open_cases(at), id__in=open_cases(soon)).values_list("pk", flat=True))
    turned = set(turned_since_the_last_yes().values_list("case", flat=True))
    ids = (ids | turned) - set(
        PublicationConsent.objects.withdrawn_last().values_list("case", flat=True)
    )  # left in peace
    found = ((case_on_record(pk, at=at), _why_again(pk, pk in turned, at=at, soon=soon)) for pk in sorted(ids))
    return [(case, why) for case, why in found if case is not None and why]


def _why_again(case_id: int, has_turned: bool, *, at: datetime, soon: datetime) -> tuple[Any, ...]:
    """In words, each at most once; empty where neither consent nor risk is what hides or will hide it."""
    consents = PublicationConsent.objects.filter(case=case_id)
    risks = RiskAssessment.objects.filter(case=case_id).permitting()
    why = []
    if not consents.in_force(at).exists():
        why.append(_("The consent has ended."))
    elif not consents.in_force(soon).exists():
        why.append(_("The consent ends soon."))
    if not risks.in_date(at).exists():
        why.append(_("The judgement of risk has ended."))
    elif not risks.in_date(soon).exists():
        why.append(_("The judgement of risk ends soon."))
    if has_turned:
        why.append(_("Something has turned since they last said yes."))
    return tuple(why)


def in_emergency(*, at: datetime) -> list[tuple[CaseOnRecord, datetime]]:
    """(case, until when) of what was published in an emergency and is not checked yet: it falls silent then."""
    rows = Case.objects.published().filter(withdrawn_at=None, emergency_until__gt=at).order_by("emergency_until")
    unchecked = [row for row in rows if missing_parts(row, at=at) or not is_verified(row)]
    found = ((case_on_record(row.pk, at=at), row.emergency_until) for row in unchecked)
    return [(case, until) for case, until in found if case is not None and until is not None]


def taken_back(*, at: datetime) -> list[tuple[CaseOnRecord, datetime]]:
    """(case, when) where somebody took their consent back within TAKEN_BACK_DAYS, and has said nothing new: everything is
    silent, and whoever reads this leaves them in peace."""
    since = at - timedelta(days=settings.TAKEN_BACK_DAYS)
    rows = PublicationConsent.objects.withdrawn_last().filter(withdrawn_at__gte=since).order_by("-withdrawn_at")
    latest: dict[int, datetime] = {}
    for row in rows:
        if row.withdrawn_at is not None:
            latest.setdefault(row.case_id, row.withdrawn_at)
    found = ((case_on_record(case_id, at=at), moment) for case_id, moment in latest.items())
    return [(case, moment) for case, moment in found if case is not None]


def turned_since_the_last_yes() -> QuerySet[CaseStatus]:
    """Verified turning points that came after anybody last consented; of cases that are or were shown."""
    yes = PublicationConsent.objects.filter(case=OuterRef("case"), withdrawn_at=None)
    return (
        CaseStatus.objects.verified()
        .standing()
        .filter(dimension__in=TURNING, case__withdrawn_at=None)
        .filter(Exists(yes), ~Exists(yes.filter(given_on__gte=OuterRef("verified_at"))))
    )
