"""The gate in one query: the cases of which anything may be shown to an audience at a moment."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from campaigns.models.gate.consent import PublicationConsent
from campaigns.models.gate.risk import RiskAssessment
from campaigns.models.record.case import Case
from network.models.prepared import Slot

Told = PublicationConsent.ScopeAudience


def open_cases(at: datetime | Slot, *, audience: str = Told.PUBLIC) -> QuerySet[Case]:
    """Consent in force for that audience and none of it taken back, the newest risk assessment in date, none in date that
    says stop, no embargo, no withdrawal. Time is compared here, at the moment of asking, and never flipped by a job.

    Whether the words are approved is checked where they are rendered, by digest.
    """
    heard = PublicationConsent.objects.heard_by(audience).filter(case=OuterRef("pk"))
    risks = RiskAssessment.objects.filter(case=OuterRef("pk"))
    # Inside the query below an OuterRef means its own row, a judgement: of that judgement's case, the newest.
    judged = RiskAssessment.objects.filter(case=OuterRef("case"), assessed_at__lte=at)
    newest = judged.order_by("-assessed_at", "-pk").values("pk")[:1]
    return Case.objects.filter(
        Exists(heard.latest_in_force(at)),
        ~Exists(heard.withdrawn_last()),
        # The newest judgement decides, and any in date that says stop still stops. Without its own case= here, any
        # case's judgement would do.
        Exists(RiskAssessment.objects.in_date(at).permitting().filter(case=OuterRef("pk"), pk=Subquery(newest))),
        ~Exists(risks.in_date(at).saying_stop()),
        Q(embargo_until=None) | Q(embargo_until__lte=at),
        withdrawn_at=None,
    )
