"""Every way through, with JavaScript and without, on a phone and at a desk, in English and Persian."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser import mails, walking
from tests.browser.conftest import WIDTHS

EVERY_WAY = pytest.mark.parametrize(
    ("prefix", "width", "javascript"),
    [(prefix, width, script) for prefix in ("", "/fa") for width in WIDTHS.values() for script in (True, False)],
)


@EVERY_WAY
def test_a_stranger_signs(open_page, trial, prefix, width, javascript):
    page = open_page(width=width, javascript=javascript)
    names = list(walking.supporter(page, trial.run, trial.said, prefix=prefix))
    assert names[:5] == ["campaign-errors", "mail-sent", "mail-confirm", "confirm", "thanks"]


@EVERY_WAY
def test_somebody_joins(open_page, trial, prefix, width, javascript):
    page = open_page(width=width, javascript=javascript)
    address = f"joins-{uuid4().hex[:8]}@people.example"
    page.goto(f"{trial.base}{prefix}/")
    page.fill("#join [name=name]", "Nasrin")
    page.fill("#join [name=email]", address)
    page.check("#join [name=endorse]")
    page.locator("#join button[type=submit]").click()
    expect(page).to_have_url(re.compile("/join/sent/"))
    page.goto(mails.link_in(trial.run, mails.newest_mail(trial.run, address), "join"))
    page.locator("form.field button[type=submit]").click()
    expect(page.locator("h1")).to_be_visible()
    assert "/join/confirm/" in page.url
    assert page.locator("form.field").count() == 0  # nothing left to press


@pytest.mark.parametrize("javascript", [True, False])
def test_a_wrong_code_and_a_right_way_to_silence(open_page, trial, javascript):
    page = open_page(width=360, javascript=javascript)
    page.goto(f"{trial.base}/silence/")
    page.fill("[name=code]", "AAAA-BBBB-CCCC")
    page.locator("main button[type=submit]").first.click()
    expect(page.locator(".wrong")).to_have_count(1)
    assert page.input_value("[name=code]") == "AAAA-BBBB-CCCC"  # nothing is lost


@pytest.mark.parametrize("javascript", [True, False])
def test_preferences_are_kept_and_speak_the_chosen_language(open_page, trial, javascript):
    page = open_page(width=360, javascript=javascript)
    sign_in(page, trial)
    page.goto(f"{trial.base}/me/preferences/")
    page.select_option("[name=language]", "de")
    page.locator("main button[type=submit]").first.click()
    assert page.url == f"{trial.base}/de/me/"
    assert page.locator("html").get_attribute("lang") == "de"
    page.goto(f"{trial.base}/de/me/preferences/")
    page.select_option("[name=language]", "en")
    page.locator("main button[type=submit]").first.click()
    assert page.url == f"{trial.base}/me/"


def sign_in(page: Page, trial) -> None:
    link = re.search(r"supporter@\S+ +(http\S+/trial/sign-in/\S+)", trial.said)
    assert link is not None
    page.goto(link.group(1))
    page.locator("main button").click()


def test_a_mistake_is_said_beside_its_field_before_anything_is_sent(open_page, trial):
    page = open_page(width=360)
    page.goto(f"{trial.base}/campaigns/light-the-stoves/")
    page.fill("#id_email", "no address")
    page.locator("#id_email").blur()
    expect(page.locator("#id_email_error")).to_be_visible()
    page.fill("#id_email", "somebody@people.example")
    page.locator("#id_email").blur()
    expect(page.locator("#id_email_error")).to_have_count(0)
    page.locator("#sign button[type=submit]").click()  # the name is missing: said here, and nothing went anywhere
    expect(page.locator("#id_name_error")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "id_name"
    assert page.url.endswith("/campaigns/light-the-stoves/")


def test_the_count_renews_itself(open_page, trial):
    page = open_page()
    page.clock.install()
    page.goto(f"{trial.base}/campaigns/light-the-stoves/")
    part = page.locator("[data-live]")
    part.evaluate("part => { part.innerHTML = 'old' }")
    page.clock.fast_forward(21_000)
    expect(part.locator(".count")).to_be_visible()
    expect(part).not_to_contain_text("old")


def test_under_attack_a_browser_works_instead_of_waiting(open_page, trial):
    """A form without a word of where it comes from gets the wait page; there the script does the work and goes on."""
    page = open_page(width=360)
    address = f"works-{uuid4().hex[:8]}@people.example"
    wait = page.request.post(
        f"{trial.base}/campaigns/light-the-stoves/",
        form={"name": "Nasrin", "email": address},
        headers={"Sec-Fetch-Site": "", "Origin": ""},
    )
    assert wait.status == 429
    page.route(
        "**/campaigns/light-the-stoves/",
        lambda route: (
            route.fulfill(status=200, content_type="text/html", body=wait.text())
            if route.request.method == "GET"
            else route.continue_()
        ),
    )
    page.goto(f"{trial.base}/campaigns/light-the-stoves/")
    page.wait_for_url("**/campaigns/light-the-stoves/sent/", timeout=30_000)
    mails.newest_mail(trial.run, address)


def test_what_is_being_written_survives_a_lost_session(writer, trial):
    writer.goto(f"{trial.base}/organise/cases/3/words/")
    field, note = writer.locator("[name=story_en]"), writer.locator("[data-kept-note]")
    field.fill("Words that nobody has sent yet.")
    expect(note).to_have_text("What you write is kept.", timeout=15_000)
    context = writer.context
    session = [cookie for cookie in context.cookies() if cookie["name"] == "hamseda_session"]
    context.clear_cookies(name="hamseda_session")
    field.fill("Words written after the session ended.")
    expect(note).to_contain_text("nothing is kept", timeout=15_000)  # and it does not say otherwise
    context.add_cookies(session)  # signed in again, in another window
    expect(note).to_have_text("What you write is kept.", timeout=15_000)
    writer.goto(f"{trial.base}/organise/cases/3/words/")
    assert field.input_value() != "Words written after the session ended."
    writer.locator("[data-put-back]").click()
    assert field.input_value() == "Words written after the session ended."


def test_what_was_ticked_is_put_back_as_it_was(writer, trial):
    writer.goto(f"{trial.base}/organise/cases/new/")
    writer.locator("[name=scopes][value=narrative]").check()
    writer.locator("[name=scopes][value=petition]").check()
    writer.fill("[name=name_en]", "Nobody yet")
    expect(writer.locator("[data-kept-note]")).to_have_text("What you write is kept.", timeout=15_000)
    writer.goto(f"{trial.base}/organise/cases/new/")
    writer.locator("[name=scopes][value=name]").check()  # which was not ticked when it was kept
    writer.locator("[data-put-back]").click()
    ticked = writer.locator("[name=scopes]:checked").evaluate_all("boxes => boxes.map((box) => box.value)")
    assert sorted(ticked) == ["narrative", "petition"]
    assert writer.input_value("[name=name_en]") == "Nobody yet"
