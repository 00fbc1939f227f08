"""/organise/organisation/<id>/: an administrator's page. Keys, colleagues, and what the network thinks of us."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from network.flows import inviting, issuing
from network.languages import current_language
from network.models import ApiKey, Invitation, Membership, Organisation
from network.open.errors import missing, refusal
from network.open.fields import AddressField, PlainField
from network.permissions import administers, works_for
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, signed_in_twice

Scope, Role = ApiKey.Scope, Membership.Role
SCOPES = [
    (Scope.CAMPAIGNS_READ, _("Read the campaigns we co-host")),
    (Scope.CASES_READ, _("Read the cases we were given")),
    (Scope.CHANGES_READ, _("Read what changed for us")),
    (Scope.ORGANISATION_READ, _("Read our own entry")),
]
ROLES = [
    (Role.VIEWER, _("Viewer: reads")),
    (Role.EDITOR, _("Editor: writes")),
    (Role.APPROVER, _("Approver: says yes to others’ words")),
    (Role.STEWARD, _("Steward: vetting and people’s data")),
    (Role.ADMINISTRATOR, _("Administrator: keys and colleagues")),
]
DAYS = [(30, _("30 days")), (90, _("90 days")), (settings.API_KEY_DAYS_MAX, _("One year"))]

View = Callable[..., HttpResponse]


class KeyForm(forms.Form):
    name = PlainField(label=_("What is it for?"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("What may it read?"), choices=SCOPES, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("How long?"), choices=DAYS, coerce=int, initial=90, widget=forms.Select({"class": "input"})
    )


class InviteForm(forms.Form):
    email = AddressField(label=_("Colleague’s address"))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.Select({"class": "input"}))


def for_administrators(view: View) -> View:
    """Decorate a page about one organisation: its administrators see it, nobody else learns that it exists."""

    @wraps(view)
    @signed_in_twice
    def guarded(request: PersonalRequest, public_id: UUID, **kwargs: Any) -> HttpResponse:
        organisation = Organisation.objects.filter(public_id=public_id).first()
        if organisation is None or not administers(request.user, organisation):
            return missing(request)
        return view(request, organisation, **kwargs)

    return guarded


def for_members(view: View) -> View:
    """Decorate a page about one organisation: whoever has a role there sees it."""

    @wraps(view)
    @signed_in_twice
    def guarded(request: PersonalRequest, public_id: UUID, **kwargs: Any) -> HttpResponse:
        organisation = Organisation.objects.filter(public_id=public_id).first()
        if organisation is None or not works_for(request.user, organisation):
            return missing(request)
        return view(request, organisation, **kwargs)

    return guarded


@for_members
@require_safe
def organisation(request: PersonalRequest, organisation: Organisation) -> HttpResponse:
    return _page(request, organisation)


def _page(
    request: PersonalRequest, organisation: Organisation, *, status: int = 200, **forms_and_secret: Any
) -> HttpResponse:
    now, stands = timezone.now(), organisation.is_in_good_standing
    context = {
        "organisation": organisation,
        "keys": [
            {
                "row": key,
                "usable": stands and key.is_usable(now),
                "reads": [dict(SCOPES)[Scope(one)] for one in key.scopes],
            }
            for key in ApiKey.objects.of(organisation)
        ],
        "members": organisation.memberships.select_related("person").order_by("pk"),
        "invitations": Invitation.objects.open().filter(organisation=organisation).order_by("made_at"),
        "key_form": KeyForm(initial={"days": 90}, prefix="key"),
        "invite_form": InviteForm(prefix="invite"),
        "site_url": settings.SITE_URL,
        "may_administer": administers(request.user, organisation),
        **forms_and_secret,
    }
    return render(request, "workspace/organisation.html", context, status=status)


@for_administrators
@deciding
@require_POST
def issue_key(request: PersonalRequest, organisation: Organisation) -> HttpResponse:
    """The new key stands on the answer itself and nowhere else; reloading makes no second one without asking."""
    form = KeyForm(request.POST, prefix="key")
    if not form.is_valid():
        return _page(request, organisation, status=400, key_form=form)
    data = form.cleaned_data
    try:
        _row, secret = issuing.issue(
            organisation.pk,
            name=data["name"],
            scopes=data["scopes"],
            days=data["days"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        return refusal(request, refused)
    return _page(request, organisation, secret=secret)


@for_administrators
@deciding
@require_POST
def rotate_key(request: PersonalRequest, organisation: Organisation, key_id: int) -> HttpResponse:
    if not ApiKey.objects.of(organisation).filter(pk=key_id).exists():
        return missing(request)
    try:
        _row, secret = issuing.rotate(key_id, by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return _page(request, organisation, secret=secret)


@for_administrators
@require_POST
def revoke_key(request: PersonalRequest, organisation: Organisation, key_id: int) -> HttpResponse:
    if not ApiKey.objects.of(organisation).filter(pk=key_id).exists():
        return missing(request)
    issuing.revoke(key_id, by=request.user, at=timezone.now())
    return _back(organisation)


@for_administrators
@deciding
@require_POST
def invite(request: PersonalRequest, organisation: Organisation) -> HttpResponse:
    form = InviteForm(request.POST, prefix="invite")
    if not form.is_valid():
        return _page(request, organisation, status=400, invite_form=form)
    try:
        inviting.invite(
            organisation.pk,
            address=form.cleaned_data["email"],
            role=form.cleaned_data["role"],
            language=current_language(),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        return refusal(request, refused)
    return _back(organisation)


@for_administrators
@require_POST
def withdraw_invitation(request: PersonalRequest, organisation: Organisation, invitation_id: UUID) -> HttpResponse:
    if not Invitation.objects.filter(organisation=organisation, pk=invitation_id).exists():
        return missing(request)
    inviting.withdraw(invitation_id, by=request.user, at=timezone.now())
    return _back(organisation)


@for_administrators
@deciding
@require_POST
def end_membership(request: PersonalRequest, organisation: Organisation, membership_id: int) -> HttpResponse:
    if not organisation.memberships.filter(pk=membership_id).exists():
        return missing(request)
    try:
        inviting.end_membership(membership_id, by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    if not administers(request.user, organisation):
        return HttpResponseRedirect(reverse("me"))
    return _back(organisation)


def _back(organisation: Organisation) -> HttpResponse:
    return HttpResponseRedirect(reverse("organisation", args=[organisation.public_id]))
