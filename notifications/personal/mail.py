"""What we may send: by which ways, and the switch for all alerts, on the supporter's own page."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from network.flows import consenting
from network.models import ContactConsent, Organisation, Person
from network.personal.request import PersonalRequest
from notifications.flows import unsubscribing

Channel = ContactConsent.Channel


class WaysForm(forms.Form):
    """By which ways alerts come; none of them: no alerts."""

    email = forms.BooleanField(label=_("By e-mail"), required=False)
    inbox = forms.BooleanField(
        label=_("On this page"),
        help_text=_("Letters wait here until you look. Without e-mail nothing comes to your mailbox."),
        required=False,
    )
    feed = forms.BooleanField(
        label=_("By a feed of your own"),
        help_text=_("For a feed reader, at an address that only you know and that names nobody."),
        required=False,
    )

    @staticmethod
    def of(person: Person) -> WaysForm:
        given = ContactConsent.objects.in_force().for_alerts().filter(person=person)
        return WaysForm(initial=dict.fromkeys(given.values_list("channel", flat=True), True))

    def channels(self) -> list[str]:
        return [name for name, wanted in self.cleaned_data.items() if wanted]


@login_required
@require_POST
def stop(request: PersonalRequest) -> HttpResponse:
    unsubscribing.stop_alerts(request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("me"))


@login_required
@require_POST
def resume(request: PersonalRequest) -> HttpResponse:
    consenting.give(request.user, Organisation.objects.host(), through="my-page", at=timezone.now())
    return HttpResponseRedirect(reverse("me"))


@login_required
@require_POST
def ways(request: PersonalRequest) -> HttpResponse:
    form = WaysForm(request.POST)
    form.is_valid()  # three boxes, of which any may be ticked
    consenting.be_reached(
        request.user,
        Organisation.objects.host(),
        channels=form.channels(),
        through="my-page",
        at=timezone.now(),
    )
    return HttpResponseRedirect(f"{reverse('me')}#hear")
