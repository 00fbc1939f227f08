"""With the keyboard alone: a petition is signed, an alert is written. Where one is, is always to be seen."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser import mails

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


def test_composing_an_alert(writer, trial):
    page = writer
    page.goto(f"{trial.base}/organise/alerts/1/editing/")
    page.locator("body").press("Tab")
    reach(page, "[name=subject_en]")
    page.keyboard.press("Control+A")
    page.keyboard.type("By keyboard alone")
    reach(page, "main form[data-keep] button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organise/alerts/1/")
    expect(page.locator("main")).to_contain_text("By keyboard alone")
