"""Our own addresses, and a signature taken as many projects take it: a form, a look whether it is there, a row, a task."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from campaigns.models import Action, Participation, Tally
from config import urls
from config.celery import app

PLAIN = "bench/plain/"


class PlainForm(forms.Form):
    name = forms.CharField(max_length=80)
    email = forms.EmailField()


@app.task(name="benchmarks.confirm")
def confirm(participation_id: str) -> None:
    """Never run: it is the queueing that is measured."""


@csrf_exempt
def plain(request: HttpRequest) -> HttpResponse:
    form = PlainForm(request.POST)
    if not form.is_valid():
        return render(request, "open/mail_sent.html", status=400)
    action = Action.objects.select_related("campaign__case").get()
    address = form.cleaned_data["email"].lower()
    with transaction.atomic():
        if Participation.objects.filter(action=action, address=address).exists():
            return HttpResponse(status=409)
        row = Participation.objects.create(
            action=action,
            address=address,
            name=form.cleaned_data["name"],
            fingerprint=address,
            language="en",
            answers={},
            entered_at=timezone.now(),
            asked_at=timezone.now(),
        )
        Tally.objects.filter(action=action).update(confirmed=F("confirmed") + 1)
    confirm.apply_async([str(row.pk)], queue="bench-nobody")
    return HttpResponseRedirect("/")


urlpatterns = [path(PLAIN, plain), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
