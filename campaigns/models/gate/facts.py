"""What a second person approves of a case when they approve its facts, wherever they are shown: on its page, on campaigns."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from campaigns.models.gate.consent import PublicationConsent, Scope, permitted_scopes
from campaigns.models.record.case import Case

Told = PublicationConsent.ScopeAudience


def case_facts(case: Case) -> dict[str, Any]:
    """Everything of a case that somebody outside may come to see and that is not words of its own: in canonical form.

    Consent is in it too, as what it permits for each audience: whoever records a wider one needs a second person to look,
    as whoever writes a word does. Case.written_by is who changed any of this last.
    """
    defender = case.defender
    return {
        "epoch": case.epoch,  # what may be shown shrank: then it is not what was approved
        "names": sorted(
            [name.kind, name.language, name.text, name.short] for name in defender.names.all() if name.is_display
        ),
        "pronouns": defender.pronouns,
        "sectors": defender.sectors,
        "special": sorted([one.category, one.language, one.words] for one in defender.special_categories.all()),
        "country": case.country,
        "province": case.province_id,
        "rights": case.rights,
        "age": case.age_at_event,
        "embargo": case.embargo_until,  # ending one early publishes
        "law": sorted([one.article_id, one.occurred_on.isoformat(), one.is_breach] for one in case.citations.all()),
        "permitted": {audience.value: sorted(said_of(case, audience)) for audience in Told},
    }


def said_of(case: Case, audience: str = Told.PUBLIC) -> frozenset[str]:
    """The scopes that what every giver said last to an audience permits, in force or lapsed."""
    said: Iterable[PublicationConsent] | None = getattr(case, "last_said", None)  # of a list, asked once for all
    if said is None:
        said = PublicationConsent.objects.filter(case=case).last_of_each_giver()
    return permitted_scopes(case, [one for one in said if audience in {one.audience, Told.PARTNERS}])


def ask_what_was_said(cases: Collection[Case]) -> None:
    """For many cases at once, what their facts depend on: kept on each as `last_said`."""
    said: dict[int, list[PublicationConsent]] = {case.pk: [] for case in cases}
    for one in PublicationConsent.objects.filter(case__in=said).last_of_each_giver():
        said[one.case_id].append(one)
    for case in cases:
        case.last_said = said[case.pk]  # type: ignore[attr-defined]


def shown_as(case: Case, *, audience: str = Told.PUBLIC) -> str:
    """By what the consents of a case would have the person shown to an audience: name, alias or nothing."""
    scopes = said_of(case, audience)
    return next((kind for kind in (Scope.NAME.value, Scope.ALIAS.value) if kind in scopes), "")
