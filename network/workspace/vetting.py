"""/organise/partners/: who asks to be a partner, what was checked, and the two people it takes."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from network.countries import name_of
from network.flows import suspending, vetting
from network.flows.vetting import APPLICATION, STANDING
from network.languages import current_language
from network.models import Application, ApplicationCheck, Approval, Organisation
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE, MAY_READ, MAY_VET, may
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles
from network.workspace.typed import typed

Name = ApplicationCheck.Name
POINTS = {
    Name.LEGAL_IDENTITY: _("It exists in law: the register and the number were looked up"),
    Name.WEBSITE: _("The website is theirs, and the contact’s address belongs to it"),
    Name.CALLED_BACK: _("Somebody was called back, by a way found independently of this application"),
    Name.REFEREES: _("Two who are in the network already know them"),
    Name.MONEY_AND_TIES: _("What they say about money and ties agrees with what is publicly known"),
    Name.PRINCIPLES: _("What they have published agrees with the principles"),
}


@for_roles(MAY_READ)
@require_safe
def vetting_desk(request: PersonalRequest) -> HttpResponse:
    context = {
        "waiting": Application.objects.waiting(),
        "decided": Application.objects.decided()[:20],
        "partners": Organisation.objects.partners().order_by("name", "pk"),
    }
    return render(request, "workspace/partners.html", context)


@for_roles(MAY_VET)
@require_safe
def application(request: PersonalRequest, public_id: UUID) -> HttpResponse:
    row = Application.objects.filter(public_id=public_id).exclude(confirmed_at=None).first()
    if row is None:
        return missing(request)
    done = {check.name: check for check in row.checks.select_related("by")}
    agreed = _agreed(APPLICATION, row.pk, row.part().digest)
    context = {
        "application": row,
        "country": name_of(row.country, current_language()),
        "points": [{"name": name, "says": says, "check": done.get(name)} for name, says in POINTS.items()],
        "missing": vetting.missing_checks(row),
        "agreed": agreed,
        "i_agreed": request.user.pk in {approval.by_id for approval in agreed},
        "may_vet": may(request.user, MAY_VET),
        "may_approve": may(request.user, MAY_APPROVE),
    }
    return render(request, "workspace/application.html", context)


@for_roles(MAY_VET)
@require_POST
def check(request: PersonalRequest, public_id: UUID) -> HttpResponse:
    row = Application.objects.filter(public_id=public_id).first()
    name, note = request.POST.get("name", ""), typed(request, "note", most=300)
    if row is None or name not in Name.values:
        return missing(request)
    return _then(request, lambda: vetting.check(row.pk, name, note=note, by=request.user, at=timezone.now()), row)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def admit(request: PersonalRequest, public_id: UUID) -> HttpResponse:
    row = Application.objects.filter(public_id=public_id).first()
    if row is None:
        return missing(request)
    return _then(request, lambda: vetting.admit(row.pk, by=request.user, at=timezone.now()), row)


@for_roles(MAY_VET)
@deciding
@require_POST
def refuse(request: PersonalRequest, public_id: UUID) -> HttpResponse:
    row = Application.objects.filter(public_id=public_id).first()
    if row is None:
        return missing(request)
    reason = typed(request, "reason", most=2000)
    return _then(request, lambda: vetting.refuse(row.pk, reason=reason, by=request.user, at=timezone.now()), row)


@for_roles(MAY_READ)
@require_safe
def partner(request: PersonalRequest, public_id: UUID) -> HttpResponse:
    row = Organisation.objects.partners().filter(public_id=public_id).select_related("principles").first()
    if row is None:
        return missing(request)
    step = "reinstatement" if row.standing == Organisation.Standing.SUSPENDED else "promotion"
    agreed = _agreed(STANDING, row.pk, row.part(step).digest)
    context = {
        "organisation": row,
        "country": name_of(row.country, current_language()),
        "members": row.memberships.select_related("person").order_by("pk"),
        "agreed": agreed,
        "i_agreed": request.user.pk in {approval.by_id for approval in agreed},
        "may_vet": may(request.user, MAY_VET),
        "may_approve": may(request.user, MAY_APPROVE),
    }
    return render(request, "workspace/partner.html", context)


@for_roles(MAY_VET)
@require_POST
def suspend(request: PersonalRequest, public_id: UUID) -> HttpResponse:
    """No fresh second factor is asked for: stopping must never wait."""
    row = Organisation.objects.partners().filter(public_id=public_id).first()
    if row is None:
        return missing(request)
    reason = typed(request, "reason", most=2000)
    return _then(request, lambda: suspending.suspend(row.pk, reason=reason, by=request.user, at=timezone.now()), row)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def reinstate(request: PersonalRequest, public_id: UUID) -> HttpResponse:
    row = Organisation.objects.partners().filter(public_id=public_id).first()
    if row is None:
        return missing(request)
    return _then(request, lambda: suspending.reinstate(row.pk, by=request.user, at=timezone.now()), row)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def promote(request: PersonalRequest, public_id: UUID) -> HttpResponse:
    row = Organisation.objects.partners().filter(public_id=public_id).first()
    if row is None:
        return missing(request)
    return _then(request, lambda: vetting.promote(row.pk, by=request.user, at=timezone.now()), row)


def _agreed(subject: str, subject_id: int, digest: str) -> list[Approval]:
    return list(Approval.objects.of(subject, subject_id).filter(digest=digest).select_related("by"))


def _then(request: PersonalRequest, verb, row: Application | Organisation) -> HttpResponse:  # type: ignore[no-untyped-def]
    """Call a flow's verb and go back to the row's page, or say why not."""
    try:
        verb()
    except Refused as refused:
        return refusal(request, refused)
    name = "vetting_application" if isinstance(row, Application) else "vetting_partner"
    return HttpResponseRedirect(reverse(name, args=[row.public_id]))
