"""/organise/cases/: what is on record; consent, risk and silence; and who asks us to correct or remove."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.flows.gate import consenting, correcting, silencing
from campaigns.flows.record import documenting
from campaigns.models import CorrectionRequest
from campaigns.publishing import attention, workspace
from campaigns.publishing import case_file as files
from campaigns.publishing.record import sealed_record
from campaigns.workspace.case_forms import CaseForm, ConsentForm, RiskForm
from network.flows import keeping
from network.languages import NAMES_OF_LANGUAGES, current_language, direction_of
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE, MAY_EDIT, may
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import for_roles
from network.workspace.typed import not_twice, typed

CONSENT_DAYS, RISK_DAYS = 180, 30  # what the form proposes; the organiser decides


@for_roles(MAY_EDIT)
@require_safe
def cases(request: PersonalRequest) -> HttpResponse:
    return render(request, "workspace/cases.html", {"cases": workspace.cases_on_record(at=timezone.now())})


@for_roles(MAY_EDIT)
@require_safe
def neglected(request: PersonalRequest) -> HttpResponse:
    """Whom nobody has done anything for: the longest forgotten first."""
    found = attention.neglected(at=timezone.now())
    return render(request, "workspace/cases_neglected.html", {"rows": found, "days": settings.ATTENTION_GAP_DAYS})


@for_roles(MAY_APPROVE)
@require_safe
def sealed(request: PersonalRequest, case_id: int) -> HttpResponse:
    """Who speaks for the person and where the evidence lies: opened for an approver, and every opening is on the log."""
    if files.case_file(case_id, at=timezone.now()) is None:
        return missing(request)
    documenting.note_reading(case_id, by=request.user, at=timezone.now())
    context = {"case_id": case_id, "sealed": sealed_record(case_id)}
    return render(request, "workspace/case_sealed.html", context)


@for_roles(MAY_EDIT)
@not_twice("cases")
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: PersonalRequest) -> HttpResponse:
    now = timezone.now()
    form = CaseForm(request.POST if request.method == "POST" else None, initial=_proposed())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        case, code = documenting.document(
            names={"en": data["name_en"], "fa": data["name_fa"]},
            aliases={"en": data["alias_en"], "fa": data["alias_fa"]},
            pronouns=data["pronouns"],
            country=data["country"],
            consent=_consent_in(data),
            risk=data["risk"],
            risk_until=data["risk_until"],
            answers=form.answers(),
            mitigation=data["risk_mitigation"],
            by=request.user,
            at=now,
        )
        keeping.forget(
            request.user.pk, request.path
        )  # no redirect says that it was sent: the code stands on the answer
        return _page(request, case.pk, code=code)
    return render(request, "workspace/case_new.html", {"form": form}, status=400 if form.errors else 200)


@for_roles(MAY_EDIT)
@require_safe
def case(request: PersonalRequest, case_id: int) -> HttpResponse:
    return _page(request, case_id)


def _page(request: PersonalRequest, case_id: int, *, status: int = 200, **more: Any) -> HttpResponse:
    """The case's page. `code`: a withdrawal code, which stands on this one answer and is kept nowhere."""
    file = files.case_file(case_id, at=timezone.now())
    if file is None:
        return missing(request)
    context = {
        "file": file,
        "consent_form": ConsentForm(initial=_proposed()),
        "risk_form": RiskForm(initial=_proposed()),
        "may_edit": may(request.user, MAY_EDIT),
        "may_approve": may(request.user, MAY_APPROVE),
        **more,
    }
    return render(request, "workspace/case.html", context, status=status)


@for_roles(MAY_EDIT)
@require_POST
def withdraw(request: PersonalRequest, case_id: int) -> HttpResponse:
    """One person, one press, no fresh second factor: silence must never wait."""
    if files.case_file(case_id, at=timezone.now()) is None:
        return missing(request)
    silencing.withdraw_case(case_id, by=request.user, at=timezone.now())
    return _back(case_id)


@for_roles(MAY_EDIT)
@require_safe
def silence_paper(request: PersonalRequest, case_id: int) -> HttpResponse:
    """What a family is handed, in any open language: what is silent since when, and what nobody can silence. It names nobody."""
    file = files.case_file(case_id, at=timezone.now())
    if file is None or file.silence is None:
        return missing(request)
    language = request.GET.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = current_language()
    with override(language):
        context = {"file": file, "silence": file.silence, "every_language": NAMES_OF_LANGUAGES}
        context |= {"language": language, "direction": direction_of(language)}
        return render(request, "paper/silence.html", context)


@for_roles(MAY_EDIT)
@require_POST
def consent(request: PersonalRequest, case_id: int) -> HttpResponse:
    """Put a new consent on record; its code is on the answer."""
    form = ConsentForm(request.POST)
    if files.case_file(case_id, at=timezone.now()) is None:
        return missing(request)
    if not form.is_valid():
        return _page(request, case_id, status=400, consent_form=form)
    try:
        _row, code = consenting.record_consent(
            case_id, _consent_in(form.cleaned_data), by=request.user, at=timezone.now()
        )
    except Refused as refused:
        return refusal(request, refused)
    return _page(request, case_id, code=code)


@for_roles(MAY_EDIT)
@require_POST
def withdraw_consent(request: PersonalRequest, case_id: int, consent_id: int) -> HttpResponse:
    if not _is_of(case_id, consent_id):
        return missing(request)
    silencing.withdraw_consent(consent_id, by=request.user, at=timezone.now())
    return _back(case_id)


@for_roles(MAY_EDIT)
@require_POST
def renew_code(request: PersonalRequest, case_id: int, consent_id: int) -> HttpResponse:
    """The paper was lost: a new code, and the old one stops working."""
    if not _is_of(case_id, consent_id):
        return missing(request)
    return _page(request, case_id, code=consenting.renew_code(consent_id, by=request.user, at=timezone.now()))


@for_roles(MAY_EDIT)
@require_POST
def assess(request: PersonalRequest, case_id: int) -> HttpResponse:
    form = RiskForm(request.POST)
    if files.case_file(case_id, at=timezone.now()) is None:
        return missing(request)
    if not form.is_valid():
        return _page(request, case_id, status=400, risk_form=form)
    data = form.cleaned_data
    if data["risk"] == "high" and not may(request.user, MAY_APPROVE):
        form.add_error("risk", _("A high risk is for an approver to judge."))
        return _page(request, case_id, status=400, risk_form=form)
    documenting.assess(
        case_id,
        risk=data["risk"],
        valid_until=data["risk_until"],
        answers=form.answers(),
        mitigation=data["risk_mitigation"],
        by=request.user,
        at=timezone.now(),
    )
    return _back(case_id)


@for_roles(MAY_APPROVE)
@require_POST
def answer(request: PersonalRequest, request_id: int) -> HttpResponse:
    """What was done about somebody's request to correct or remove."""
    row = CorrectionRequest.objects.filter(pk=request_id).first()
    if row is None:
        return missing(request)
    words = typed(request, "answer", most=2000)
    if words:
        correcting.answer(row.pk, words=words, by=request.user, at=timezone.now())
    return _back(row.case_id)


def _is_of(case_id: int, consent_id: int) -> bool:
    file = files.case_file(case_id, at=timezone.now())
    return file is not None and consent_id in {consent.id for consent in file.consents}


def _consent_in(data: dict[str, Any]) -> consenting.Consent:
    return consenting.Consent(
        given_by=data["given_by"],
        scopes=data["scopes"],
        expires_at=data["consent_until"],
        audience=data["audience"],
        ask_again=data["ask_again"],
        capacity=data["capacity"],
        channel=data["channel"],
        language=data["explained_in"],
        explained=data["explained"],
        conditions=data["conditions"],
        authority=data["authority"],
        evidence=data["evidence"],
    )


def _proposed() -> dict[str, Any]:
    now = timezone.now()
    return {
        "consent_until": (now + timedelta(days=CONSENT_DAYS)).date(),
        "risk_until": (now + timedelta(days=RISK_DAYS)).date(),
    }


def _back(case_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("case", args=[case_id]))
