"""Cases that belong together: linked by one, verified by another, from the page of what happened."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from campaigns.flows.record import linking
from campaigns.publishing import record
from campaigns.publishing.vocabulary import LINKS
from campaigns.publishing.workspace import case_on_record, cases_on_record
from campaigns.workspace.pressing import pressed
from network.open.errors import missing
from network.permissions import MAY_APPROVE, MAY_EDIT
from network.personal.request import PersonalRequest
from network.workspace.access import deciding, for_roles


class LinkForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("How do they belong together?"),
        choices=[("", _("Choose one")), *LINKS.items()],
        widget=forms.Select({"class": "input"}),
    )

    def __init__(self, *args: object, case_id: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        others = [case for case in cases_on_record(at=timezone.now()) if case.id != case_id and not case.is_withdrawn]
        self.fields["other"] = forms.ChoiceField(
            label=_("With which case?"),
            choices=[("", _("Choose one")), *((str(case.id), case.label) for case in others)],
            widget=forms.Select({"class": "input"}),
        )


@for_roles(MAY_EDIT)
@require_POST
def link(request: PersonalRequest, case_id: int) -> HttpResponse:
    if case_on_record(case_id, at=timezone.now()) is None:
        return missing(request)
    form = LinkForm(request.POST, case_id=case_id, prefix="link")
    if form.is_valid():
        other = int(form.cleaned_data["other"])
        linking.link(case_id, other, kind=form.cleaned_data["kind"], by=request.user, at=timezone.now())
    return HttpResponseRedirect(_page_of(case_id))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def verify(request: PersonalRequest, link_id: int) -> HttpResponse:
    return pressed(request, link_id, linking.verify, _page_of(record.case_of_link(link_id)))


@for_roles(MAY_EDIT)
@require_POST
def unlink(request: PersonalRequest, link_id: int) -> HttpResponse:
    return pressed(request, link_id, linking.unlink, _page_of(record.case_of_link(link_id)))


def _page_of(case_id: int | None) -> str:
    return "" if case_id is None else reverse("case_timeline", args=[case_id])
