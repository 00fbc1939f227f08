"""With the keyboard alone: a petition is signed, an alert is written. Where one is, is always to be seen."""

from __future__ import annotations

import re
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser import mails
from tests.journeys.test_an_organiser_launches import LETTER

MOST = 120  # presses of Tab to get anywhere on a page


def reach(page: Page, selector: str) -> None:
    """Tab until the element has the focus, which must be visible wherever it is on the way."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth)] }"
        )
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            assert outline[0] != "none" and outline[1] >= 2, selector
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def test_signing(open_page, trial):
    page = open_page(width=360)
    address = f"keys-{uuid4().hex[:8]}@people.example"
    page.goto(f"{trial.base}/campaigns/light-the-stoves/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip button"  # past the head in one press
    page.keyboard.press("Enter")
    reach(page, "#id_name")
    page.keyboard.type("Nasrin")
    page.keyboard.press("Tab")
    page.keyboard.type(address)
    reach(page, "#id_show_name")
    page.keyboard.press("Space")
    reach(page, "#sign button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sent/**")
    page.goto(mails.link_in(trial.run, mails.newest_mail(trial.run, address), "confirm"))
    reach(page, "form.field button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_be_visible()


def write(page: Page, name: str, words: str) -> None:
    """A field filled by typing; a choice by the arrows, until it stands on the value that is meant."""
    reach(page, f"main [name={name}]")
    focused = "document.activeElement"
    if page.evaluate(f"{focused}.tagName") == "SELECT":
        place = page.evaluate(f"v => [...{focused}.options].findIndex(one => one.value === v)", words)
        page.keyboard.press("Home")
        for _ in range(place):
            page.keyboard.press("ArrowDown")
        assert page.evaluate(f"{focused}.value") == words
        return
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    if page.evaluate(f"{focused}.type") == "date":
        year, month, day = words.split("-")
        page.keyboard.type(month + day + year)  # as the field of an English browser takes it
    else:
        page.keyboard.type(words)


def test_composing_an_alert(writer, trial):
    """From the list of campaigns to an alert that lies there whole, every field of it typed."""
    page = writer
    page.goto(f"{trial.base}/organise/campaigns/")
    page.locator("body").press("Tab")
    reach(page, "main li:has(.state.go) a")  # one that is live: other tests leave drafts
    page.keyboard.press("Enter")
    page.wait_for_url("**/organise/campaigns/*/")
    reach(page, "main form[action$='/alerts/'] button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/alerts/**")
    for name, words in LETTER.items():
        if words:
            write(page, name, words.replace("\r", ""))
    reach(page, "main form[data-keep] button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/organise/alerts/\d+/$"))
    expect(page.locator("main .wrong")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Something is asked")
    # what is on record is what was typed, each word of it
    page.goto(page.url + "editing/")
    for name, words in LETTER.items():
        shown = page.locator(f"main [name={name}]").input_value()
        assert shown.replace("\r", "") == words.replace("\r", ""), name
