"""An organiser's, a partner's and an operator's way, with JavaScript and without, on a phone and at a desk, in both languages."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser import entering, mails
from tests.browser.axe import violations
from tests.browser.filling import fill, press, press_all
from tests.journeys.test_an_organiser_launches import CASE, LETTER, WORDS

# Each pair of language, width and script once, whenever the browser runs; the other four ways in the deep runs.
PAIRS = [("", 1280, True), ("", 360, False), ("/fa", 1280, False), ("/fa", 360, True)]
OTHERS = [("", 1280, False), ("", 360, True), ("/fa", 1280, True), ("/fa", 360, False)]
WAYS = pytest.mark.parametrize(
    ("prefix", "width", "javascript"), PAIRS + [pytest.param(*way, marks=pytest.mark.deep) for way in OTHERS]
)


@pytest.fixture
def like(browser, trial, open_page):
    """The same person in another window: at a width, with or without JavaScript."""

    def make(known: Page, *, width: int, javascript: bool) -> Page:
        page = open_page(width=width, javascript=javascript)
        page.context.add_cookies(known.context.cookies())
        return page

    return make


@WAYS
def test_an_organisers_day(open_page, like, trial, writer, approver, prefix, width, javascript):
    """A case is put on record, a campaign launched, an alert goes out, the family asks for silence."""
    mine = like(writer, width=width, javascript=javascript)
    second = like(approver, width=width, javascript=javascript)
    name = f"Tara {uuid4().hex[:6].translate(str.maketrans('0123456789', 'ghijklmnop')).title()}"

    mine.goto(f"{trial.base}{prefix}/organise/cases/new/")
    mine.locator("main form:has([name=name_en]) button[type=submit]").last.click()
    expect(mine.locator("main .wrong").first).to_be_visible()  # nothing is presumed
    persian = "تارا آزمون"
    fill(mine, {**CASE, "name_en": name, "name_fa": persian})
    mine.locator("main form:has([name=name_en]) button[type=submit]").last.click()
    code = mine.locator("main pre code").inner_text()
    assert re.fullmatch(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){4}", code)

    press(mine, "/campaigns/")
    fill(mine, WORDS)
    mine.locator("main form:has([name=title_en]) button[type=submit]").first.click()
    campaign = mine.url.removeprefix(trial.base)
    assert mine.locator("main form[action$='approving/']").count() == 0  # nobody approves what they wrote

    second.goto(f"{trial.base}{campaign}")
    assert _approve_all(second, trial) == 5
    _decide(second, trial, "launching/")
    expect(second.locator("main form[action$='pausing/']")).to_have_count(1)
    shown = second.locator("main header a").first.get_attribute("href")
    reader = open_page(width=width, javascript=javascript)
    assert reader.goto(f"{trial.base}{shown}").status == 200
    expect(reader.locator("main")).to_contain_text(persian if prefix else name)

    address = f"follows-{uuid4().hex[:8]}@people.example"
    reader.fill("#id_name", "Nasrin")
    reader.fill("#id_email", address)
    reader.check("#id_follow")
    reader.locator("#sign button[type=submit]").click()
    reader.goto(mails.link_in(trial.run, mails.newest_mail(trial.run, address), "confirm"))
    reader.locator("form.field button[type=submit]").click()

    mine.goto(f"{trial.base}{campaign}")
    press(mine, "/alerts/")
    fill(mine, LETTER)
    mine.locator("main form:has([name=subject_en]) button[type=submit]").first.click()
    alert = mine.url.removeprefix(trial.base)
    second.goto(f"{trial.base}{alert}")
    assert _approve_all(second, trial) == 3
    _decide(second, trial, "opening/")
    if javascript:  # without it the page fetches itself anew every three seconds, from under whatever looks at it
        # The moving part is renewed every two seconds, and the keyboard stays on the button that stops it: first, for it can be
        # taken back for some seconds only.
        second.locator("main form[action$='taking-back/'] button").focus()
        second.wait_for_timeout(4500)
        assert second.evaluate("document.activeElement.closest('form')?.action || ''").endswith("taking-back/")
        assert violations(second) == []
    _decide(second, trial, "letting-go/")  # else it waits some seconds, in which it can be taken back
    expect(second.locator("main [data-live], main [data-over]").first).to_be_attached()
    mails.mail_with(trial.run, address, "unsubscribe")

    relative = open_page(width=width, javascript=javascript)
    relative.goto(f"{trial.base}{prefix}/silence/")
    relative.fill("[name=code]", code.lower().replace("-", " "))
    relative.locator("main button[type=submit]").first.click()
    expect(relative.locator("h1")).to_be_visible()
    gone = reader.goto(f"{trial.base}{shown}")
    assert gone.status == 410 and name.split()[1] not in reader.content()
    mine.goto(f"{trial.base}{campaign}")
    expect(mine.locator("main .notice.stop").first).to_be_visible()


@WAYS
def test_a_partner_makes_and_revokes_a_key(like, trial, partner, prefix, width, javascript):
    page = like(partner, width=width, javascript=javascript)
    page.goto(f"{trial.base}{prefix}{_own_path(partner)}")
    fill(page, {"key-name": f"Sync {uuid4().hex[:6]}", "key-days": "30", "key-scopes": "organisation.read"})
    press(page, "/keys/")
    _confirm_factor(page, trial)
    secret = page.locator("main pre code").first.inner_text()
    assert _asked_with(secret, trial) == 200
    page.goto(f"{trial.base}{prefix}{_own_path(partner)}")
    row = page.locator("main li.task", has_text=secret.split("_")[1])
    row.locator("form[action$='revoking/'] button").click()
    _confirm_factor(page, trial)
    assert _asked_with(secret, trial) == 401


@WAYS
def test_an_applicant_applies_and_is_looked_at(open_page, like, trial, approver, prefix, width, javascript):
    page = open_page(width=width, javascript=javascript)
    name, address = f"Union of {uuid4().hex[:6]}", f"applies-{uuid4().hex[:8]}@people.example"
    page.goto(f"{trial.base}{prefix}/partners/apply/")
    said = {"legal_name": name, "country": "NL", "website": "https://union.example/", "disclosures": "None."}
    fill(page, {**said, "name": "Asal", "email": address, "endorse": True})
    page.locator("main form.field button[type=submit]").click()
    page.goto(mails.link_in(trial.run, mails.newest_mail(trial.run, address), "partners/apply/confirm"))
    page.locator("main form.field button[type=submit]").click()
    second = like(approver, width=width, javascript=javascript)
    second.goto(f"{trial.base}{prefix}/organise/partners/")
    second.locator("main a", has_text=name).first.click()
    expect(second.locator("h1")).to_contain_text(name)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_operator_sees_that_it_runs(open_page, trial, javascript):
    page = open_page(javascript=javascript)
    assert page.goto(f"{trial.base}/readyz").status == 200
    assert page.goto(f"{trial.base}/healthz").status == 200
    assert "hamseda_" in page.request.get(f"{trial.base}/metrics").text()


def _own_path(partner: Page) -> str:
    return re.search(r"/organise/organisation/[0-9a-f-]+/", partner.url).group()  # type: ignore[union-attr]


def _confirm_factor(page: Page, trial, address: str = "partner@demo.example") -> bool:
    """Asked again where signing in was more than some minutes ago; whether it was."""
    asked = bool(page.locator("main #id_code").count())
    if asked:
        entering.give_code(page, trial.run, address)
    return asked


def _decide(page: Page, trial, doing: str) -> None:
    """Pressed by the approver; where the code is asked for first, the press is kept meanwhile, and then done."""
    press(page, doing)
    _confirm_factor(page, trial, "approver@demo.example")


def _approve_all(page: Page, trial) -> int:
    there, pressed = page.url, press_all(page, "approving/")
    if _confirm_factor(page, trial, "approver@demo.example"):  # what was pressed last is kept meanwhile, and then done
        page.goto(there)
        pressed += press_all(page, "approving/")
    return pressed


def _asked_with(secret: str, trial) -> int:
    asked = urllib.request.Request(f"{trial.base}/api/v1/organisation/", headers={"Authorization": f"Bearer {secret}"})
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            json.loads(answer.read())
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code
