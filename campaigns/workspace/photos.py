"""/organise/cases/N/photos/: a photograph is given, blurred where it must be, approved by a second person, taken away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.flows.record import picturing
from campaigns.publishing import record
from campaigns.publishing.record import PhotoOnRecord
from campaigns.publishing.workspace import case_on_record
from campaigns.refusals import NotAPicture, PictureTooLarge
from campaigns.workspace.side_by_side import WORKING_LANGUAGES, languages_as_read, text_widget
from network.languages import current_language, digits_of, own_name_of
from network.open.bodies import takes
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE, MAY_EDIT, may
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles

RECTANGLES = 4


class CaptionForm(forms.Form):
    credit = forms.CharField(
        label=_("Credit; no name that consent does not cover"),
        max_length=160,
        required=False,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )
    licence = forms.CharField(
        label=_("Licence"), max_length=160, required=False, widget=forms.TextInput({"class": "input", "dir": "auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in languages_as_read():
            self.fields[f"alt_{language}"] = forms.CharField(
                label=_("What is to be seen, for people who cannot see it (%(language)s)")
                % {"language": own_name_of(language)},
                max_length=200,
                required=False,
                widget=text_widget(language),
            )
        for number in range(1, RECTANGLES + 1):
            self.fields[f"blur_{number}"] = forms.CharField(
                label=_("Blur %(number)s: left, top, width, height in per cent")
                % {"number": digits_of(str(number), current_language())},
                help_text=_("Such as 40, 10, 20, 25: a fifth of the width, near the top.") if number == 1 else "",
                max_length=40,
                required=False,
                widget=forms.TextInput({"class": "input ltr", "inputmode": "decimal"}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(1, RECTANGLES + 1):
            name = f"blur_{number}"
            if data.get(name) and _rectangle(data[name]) is None:
                self.add_error(
                    name,
                    _("Four numbers from 0 to 100 with commas between, such as 10, 20, 30, 15; inside the picture"),
                )
        return data

    def caption(self) -> picturing.Caption:
        data = self.cleaned_data
        alt = {language: data[f"alt_{language}"] for language in WORKING_LANGUAGES if data[f"alt_{language}"]}
        return picturing.Caption(alt=alt, credit=data["credit"], licence=data["licence"])

    def blurred(self) -> list[list[float]]:
        typed = (self.cleaned_data[f"blur_{number}"] for number in range(1, RECTANGLES + 1))
        return [box for words in typed if words and (box := _rectangle(words)) is not None]

    @staticmethod
    def initial_from(photo: PhotoOnRecord) -> dict[str, Any]:
        initial = {"credit": photo.credit, "licence": photo.licence}
        initial |= {f"alt_{language}": words for language, words in photo.alt.items()}
        for number, box in enumerate(photo.blurred[:RECTANGLES], start=1):
            initial[f"blur_{number}"] = ", ".join(f"{side:g}" for side in box)
        return initial


class PhotoForm(CaptionForm):
    field_order = ("picture",)

    picture = forms.FileField(
        label=_("The picture"),
        help_text=_("JPEG, PNG or WebP. Only its pixels are kept for showing; the file itself is locked away."),
        widget=forms.FileInput({"class": "input", "accept": "image/jpeg,image/png,image/webp"}),
    )


def _rectangle(words: str) -> list[float] | None:
    """[left, top, width, height] in per cent, inside the picture; None when it is not four such numbers."""
    try:
        box = [float(part) for part in words.replace("،", ",").split(",")]
    except ValueError:
        return None
    if len(box) != 4 or not all(0 <= side <= 100 for side in box):
        return None
    left, top, width, height = box
    return box if width and height and left + width <= 100 and top + height <= 100 else None


@takes(settings.PHOTO_FORM_BYTES)
@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def photos(request: PersonalRequest, case_id: int) -> HttpResponse:
    if case_on_record(case_id, at=timezone.now()) is None:
        return missing(request)
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["picture"].read()
        now = timezone.now()
        try:
            picturing.add(case_id, given, form.caption(), blurred=form.blurred(), by=request.user, at=now)
            return HttpResponseRedirect(reverse("case_photos", args=[case_id]))
        except (NotAPicture, PictureTooLarge) as refused:
            form.add_error("picture", str(refused.reason))
    elif (
        request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    ):
        form.errors["picture"] = form.error_class([str(PictureTooLarge.reason)])  # it was not kept, and so is "missing"
    return _page(request, case_id, form=form, status=400 if form.errors else 200)


def _page(
    request: PersonalRequest,
    case_id: int,
    *,
    form: PhotoForm,
    changed: tuple[int, CaptionForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """changed: a photograph's id and its form as it came back wrong."""
    rows = []
    for photo in record.photos_on_record(case_id, reader=request.user):
        caption = CaptionForm(initial=CaptionForm.initial_from(photo), prefix=f"photo{photo.id}")
        if changed is not None and changed[0] == photo.id:
            caption = changed[1]
        rows.append({"photo": photo, "form": caption})
    context = {"case_id": case_id, "form": form, "rows": rows, "may_approve": may(request.user, MAY_APPROVE)}
    return render(request, "workspace/case_photos.html", context, status=status)


@for_roles(MAY_EDIT)
@require_safe
def picture(request: PersonalRequest, photo_id: int, width: int) -> HttpResponse:
    """What would be served, for the workspace: the developed picture, never the original."""
    content = record.developed(photo_id, width)
    return HttpResponse(content, content_type="image/webp") if content else missing(request)


@for_roles(MAY_EDIT)
@require_POST
def change(request: PersonalRequest, photo_id: int) -> HttpResponse:
    case_id = record.case_of_photo(photo_id)
    if case_id is None:
        return missing(request)
    form = CaptionForm(request.POST, prefix=f"photo{photo_id}")
    if not form.is_valid():
        return _page(request, case_id, form=PhotoForm(), changed=(photo_id, form), status=400)
    picturing.change(photo_id, form.caption(), blurred=form.blurred(), by=request.user, at=timezone.now())
    return _back(case_id)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def approve(request: PersonalRequest, photo_id: int) -> HttpResponse:
    case_id = record.case_of_photo(photo_id)
    if case_id is None:
        return missing(request)
    try:
        picturing.approve(photo_id, digest=request.POST.get("digest", ""), by=request.user, at=timezone.now())
    except Refused as refused:
        return refusal(request, refused)
    return _back(case_id)


@for_roles(MAY_EDIT)
@require_POST
def remove(request: PersonalRequest, photo_id: int) -> HttpResponse:
    case_id = record.case_of_photo(photo_id)
    if case_id is None:
        return missing(request)
    picturing.remove(photo_id, by=request.user, at=timezone.now())
    return _back(case_id)


def _back(case_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("case_photos", args=[case_id]))
