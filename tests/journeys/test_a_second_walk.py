"""What a second walk by somebody else found, each with the way it is now: the gate's page says what readers see, and nothing
that is gone is named."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from campaigns.flows.gate import consenting, granting, silencing
from campaigns.flows.record import picturing, registering, telling
from campaigns.models import Case, GuardedWord, Province, SpecialCategory
from campaigns.publishing.case_parts import part_of_photo
from campaigns.publishing.gate_view import gate_view
from campaigns.publishing.record import words_on_record
from network.models import OutboxEvent, PublicationChange
from tests.makers import (
    approve_case,
    enter_workspace,
    make_campaign,
    make_case,
    make_event,
    make_jpeg,
    make_key,
    make_partner,
    make_status,
)

pytestmark = pytest.mark.django_db
CAPTION = picturing.Caption(alt={"en": "A lake"}, credit="", licence="")


def fields(network, case: Case) -> dict[tuple[str, str], tuple[bool, str]]:
    """{(label, value): (whether the public reads it, why)}"""
    view = gate_view(case.pk, reader=network.writer, at=timezone.now())
    return {(str(one.label), one.value): (one.public, str(one.why)) for one in view.fields}


def photograph(network, case: Case):
    row = picturing.add(case.pk, make_jpeg((300, 200)), CAPTION, by=network.writer, at=timezone.now())
    picturing.approve(row.pk, digest=part_of_photo(row).digest, by=network.approver, at=timezone.now())
    return row


def test_the_gate_judges_each_language_as_its_reader_does(network):
    case = make_case(network)
    make_event(network, case, words={"en": "They measured it.", "fa": "در سقز اندازه گرفتند."})
    GuardedWord.objects.create(defender=case.defender, kind="place", text="سقز")
    found = fields(network, case)
    assert found["What happened", "Arrested (English)"][0] is True
    assert found["What happened", "Arrested (Persian)"][0] is False


def test_the_gate_knows_what_is_over_and_what_remembrance_leaves_out(network):
    case = make_case(network, verified=False, scopes=("name", "narrative", "memorial"))
    make_status(network, case, "condition", "solitary")
    make_status(network, case, "liberty", "released_on_bail")
    told, why = fields(network, case)["How the person is", "In solitary confinement"]
    assert told is False and "before the person came out" in why
    make_status(network, case, "life", "killed")
    told, why = fields(network, case)["How the person is", "Out on bail, not released"]
    assert told is False and "remembrance" in why


def test_the_gate_asks_the_guard_of_special_categories_and_names_the_one_photograph(network):
    case = make_case(network, scopes=("name", "narrative", "photo", "religion"))
    SpecialCategory.objects.create(defender=case.defender, category="religion", language="en", words="of the hill")
    GuardedWord.objects.create(defender=case.defender, kind="place", text="hill")
    assert fields(network, case)["Religion or belief", "of the hill"][0] is False
    older, newer = photograph(network, case), photograph(network, case)
    found = fields(network, case)
    assert found["Photograph", f"#{newer.pk}"][0] is True
    assert found["Photograph", f"#{older.pk}"] == (False, "a newer photograph is shown instead")


def test_the_missing_consent_is_named_before_the_missing_approval(network):
    case = make_case(network)
    row = picturing.add(case.pk, make_jpeg((300, 200)), CAPTION, by=network.writer, at=timezone.now())
    assert "not consented" in fields(network, case)["Photograph", f"#{row.pk}"][1]


def test_a_case_for_partners_is_judged_as_partners_read_it(network):
    registering.register_province("QX-1", {"en": "Kurdistan"}, by=network.writer, at=timezone.now())
    kurdistan = Province.objects.get(code="QX-1")
    case = make_case(
        network,
        scopes=None,
        partners=("name", "narrative", "province"),
        province=kurdistan,
        summary="{person} in Kurdistan.",
    )
    view = gate_view(case.pk, reader=network.writer, at=timezone.now())
    words = next(one for one in view.fields if str(one.label) == "Words" and one.value == "English")
    assert (words.public, words.partners) == (False, True) and "consented" in str(words.why)
    assert words_on_record(case.pk, at=timezone.now()).unfit == ()


def test_a_correction_that_tells_what_is_guarded_is_held_back_on_the_gate_and_on_the_page(network):
    case = make_case(network)
    words = {"en": "The day at Mill Lane was corrected."}
    row = telling.record_correction(case.pk, words=words, by=network.writer, at=timezone.now())
    telling.verify("correction", row.pk, by=network.approver, at=timezone.now())
    line = ("Correction", words["en"])
    assert fields(network, case)[line][0] is True
    assert "Mill Lane" in Client().get("/defenders/golnar-sabzrud/").content.decode()
    GuardedWord.objects.create(defender=case.defender, kind="place", text="Mill Lane")
    PublicationChange.objects.create(made_at=timezone.now())  # as the event of whoever guards a word leaves it
    told, why = fields(network, case)[line]
    assert told is False and "Mill Lane" in why
    assert "Mill Lane" not in Client().get("/defenders/golnar-sabzrud/").content.decode()


def test_a_photograph_changed_after_it_was_shown_is_gone_at_its_old_address(network):
    case = make_case(network, scopes=("name", "narrative", "photo"))
    row = photograph(network, case)
    width = row.files.order_by("width").values_list("width", flat=True)[0]
    before = f"/photos/{row.token}-{width}.webp"
    assert Client().get(before).status_code == 200
    row = picturing.change(row.pk, CAPTION, blurred=[[0, 0, 10, 10]], by=network.writer, at=timezone.now())
    assert Client().get(before).status_code == 410
    other = picturing.add(case.pk, make_jpeg((300, 200)), CAPTION, by=network.writer, at=timezone.now())
    nobody_approved = f"/photos/{other.token}-{width}.webp"
    picturing.change(other.pk, CAPTION, blurred=[[0, 0, 10, 10]], by=network.writer, at=timezone.now())
    assert Client().get(nobody_approved).status_code == 404


def test_a_partner_fetches_the_photograph_it_was_given(network):
    case = make_case(network, scopes=None, partners=("name", "narrative", "photo"))
    photograph(network, case)
    partner, now = make_partner(network), timezone.now()
    partner.standing = partner.Standing.FULL
    partner.save()
    row = granting.propose(
        case.pk, partner, licence="read", expires_at=now + timedelta(days=5), by=network.writer, at=now
    )
    granting.agree(row.pk, by=network.approver, at=now)
    key = Client(headers={"Authorization": f"Bearer {make_key(partner)}"})
    other = Client(headers={"Authorization": f"Bearer {make_key(make_partner(network, name='Other'))}"})
    [given] = key.get("/api/v1/organisation/cases/").json()["results"]
    assert given["case"]["url"] is None  # it has no page
    address = given["case"]["photo"]["sizes"][0]["url"].removeprefix(settings.SITE_URL)
    assert key.get(address)["Content-Type"] == "image/webp"
    assert [client.get(address).status_code for client in (Client(), other)] == [401, 404]
    granting.revoke(row.pk, by=network.writer, at=timezone.now())
    assert key.get(address).status_code == 404


def test_a_page_that_is_gone_repeats_no_name_in_any_link(network):
    case = make_case(network)
    assert Client().get("/defenders/golnar-sabzrud/").status_code == 200
    silencing.withdraw_case(case.pk, by=network.writer, at=timezone.now())
    for path in ("/defenders/golnar-sabzrud/", "/fa/defenders/golnar-sabzrud/", "/defenders/nobody-of-that-name/"):
        page = Client().get(path).content.decode()
        assert "golnar" not in page and "nobody-of" not in page and 'hreflang="fa"' in page


def test_a_consent_given_anew_before_the_clock_has_told_needs_new_approvals(network):
    case = make_case(network, consent_until=timezone.now() + timedelta(days=1))
    path = f"/api/v1/cases/{case.public_id}/"
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1), tick=False):
        assert Client().get(path).status_code == 410
        said = consenting.Consent(
            given_by="family", scopes=("name", "narrative"), expires_at=timezone.now() + timedelta(days=5)
        )
        consenting.record_consent(case.pk, said, by=network.writer, at=timezone.now())
        assert Client().get(path).status_code == 410
        assert OutboxEvent.objects.named("CaseSilenced").filter(subject_id=str(case.pk)).count() == 1
        approve_case(network, case)
        assert Client().get(path).status_code == 200


def test_the_preview_shows_what_stands_beside_the_case(network, deliver_all):
    campaign = make_campaign(network, slug="lake")
    words = {"who": "", "summary": "{person} measured a lake.", "story": ""}
    telling.write(campaign.case_id, {"en": words}, by=network.writer, at=timezone.now())
    page = enter_workspace(network.writer, deliver_all).get(f"/organise/cases/{campaign.case_id}/preview/")
    assert "/campaigns/lake/" in page.content.decode()


def test_a_picture_far_too_large_is_said_so_and_the_words_stay(network, deliver_all, settings):
    settings.PHOTO_BYTES = 50_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 60_000
    case = make_case(network, scopes=("name", "narrative", "photo"))
    editor = enter_workspace(network.writer, deliver_all)
    picture = SimpleUploadedFile("lake.jpg", b"\xff\xd8" + b"x" * 200_000, "image/jpeg")
    page = editor.post(f"/organise/cases/{case.pk}/photos/", {"picture": picture, "credit": "By a neighbour"})
    assert page.status_code == 400
    text = page.content.decode()
    assert "larger than we can take" in text and "By a neighbour" in text
