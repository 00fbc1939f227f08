"""Walks through a running trial, page by page: what pictures are taken of, and what is checked on every page.

Each walk yields the name of the page it stands on; its caller looks at the page, and the walk goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from uuid import uuid4

from playwright.sync_api import Page

from tests.browser import entering, mails
from tests.trial_run import Run

# Open pages anybody reaches by their address.
OPEN = {
    "home": "/",
    "campaigns": "/campaigns/",
    "campaign": "/campaigns/light-the-stoves/",
    "action-message": "/campaigns/light-the-stoves/2/",
    "action-letter": "/campaigns/light-the-stoves/3/",
    "action-appeal": "/campaigns/light-the-stoves/4/",
    "action-gathering": "/campaigns/light-the-stoves/7/",
    "nameless": "/campaigns/light-the-stoves/nameless/",
    "counting": "/counting/",
    "defenders": "/defenders/",
    "defender": "/defenders/laleh-sepidkuh/",
    "join": "/join/",
    "principles": "/principles/",
    "partners": "/partners/",
    "partner-apply": "/partners/apply/",
    "law": "/law/",
    "silence": "/silence/",
    "safety": "/safety/",
    "correct": "/campaigns/light-the-stoves/correcting/",
    "api": "/api/",
    "sign-in": "/accounts/code/",
    "not-found": "/nowhere/",
    "gone": "/campaigns/asked-for-quiet/",
}
ERRORS = ("400", "403", "413", "429", "500", "503", "stale-form")  # 404 and 410 have addresses of their own
WORKSPACE = {
    "desk": "/organise/",
    "cases": "/organise/cases/",
    "case-new": "/organise/cases/new/",
    "neglected": "/organise/cases/neglected/",
    "case": "/organise/cases/3/",
    "person": "/organise/cases/3/person/",
    "words": "/organise/cases/3/words/",
    "timeline": "/organise/cases/3/timeline/",
    "statuses": "/organise/cases/3/statuses/",
    "photos": "/organise/cases/3/photos/",
    "copies": "/organise/cases/3/copies/",
    "gate": "/organise/cases/3/gate/",
    "case-preview": "/organise/cases/3/preview/",
    "sealed": "/organise/cases/3/sealed/",
    "case-law": "/organise/cases/3/law/",
    "provinces": "/organise/provinces/",
    "ratification": "/organise/law/ratifications/",
    "drafts": "/organise/campaigns/",
    "campaign-live": "/organise/campaigns/3/",
    "results": "/organise/campaigns/3/results/",
    "action": "/organise/actions/4/",
    "messages": "/organise/messages/",
    "letters": "/organise/letters/6/",
    "updates": "/organise/campaigns/3/updates/",
    "update": "/organise/updates/1/",
    "update-edit": "/organise/updates/2/editing/",
    "plan": "/organise/campaigns/3/plan/",
    "paper": "/organise/campaigns/3/paper/",
    "handover": "/organise/campaigns/3/handover/",
    "sifting": "/organise/campaigns/3/sifting/",
    "outcomes": "/organise/campaigns/3/outcomes/",
    "report": "/organise/campaigns/3/report/",
    "draft-locked": "/organise/campaigns/3/editing/",
    "draft-close": "/organise/campaigns/2/closing/",
    "alerts": "/organise/alerts/",
    "alert": "/organise/alerts/1/",
    "alert-edit": "/organise/alerts/1/editing/",
    "alert-standing": "/organise/alerts/2/",
    "vetting": "/organise/partners/",
    "style": "/organise/style/",
}


def open_pages(page: Page, run: Run, *, prefix: str = "") -> Iterator[str]:
    """Every open page that has an address of its own, and one case shown by an alias."""
    for name, path in OPEN.items():
        page.goto(f"{run.base}{prefix}{path}")
        yield name
    page.goto(f"{run.base}{prefix}/defenders/?q=Baran")
    page.locator("main article a").first.click()
    yield "defender-alias"
    for name in ERRORS:
        page.goto(f"{run.base}/trial-errors/{prefix.strip('/') or 'en'}/{name}/")
        yield f"error-{name}"


def supporter(page: Page, run: Run, said: str, *, prefix: str = "") -> Iterator[str]:
    """Signs with a mistake and then without, confirms by the mail's link, joins the campaign, ends on their own page."""

    def visit(path: str) -> None:
        page.goto(f"{run.base}{prefix}{path}")

    visit("/campaigns/light-the-stoves/")
    page.locator("#sign button[type=submit]").click()
    yield "campaign-errors"
    address = f"visitor-{uuid4().hex[:8]}@people.example"
    page.fill("#id_name", "نسرین" if prefix == "/fa" else "Nasrin")
    page.fill("#id_email", address)
    page.check("#id_follow")
    page.locator("#sign button[type=submit]").click()
    yield "mail-sent"
    mail = mails.newest_mail(run, address)
    page.goto(f"{run.base}{mail}html/")
    yield "mail-confirm"
    page.goto(mails.link_in(run, mail, "confirm"))
    yield "confirm"
    page.locator("form.field button[type=submit]").click()
    yield "thanks"
    visit("/campaigns/light-the-stoves/correcting/")
    page.fill("#id_words", "x")
    page.locator("form.field button[type=submit]").click()
    yield "correct-errors"
    visit("/partners/apply/")
    page.locator("form.field button[type=submit]").click()
    yield "partner-apply-errors"
    page.goto(re.search(r"supporter@\S+ +(http\S+/trial/sign-in/\S+)", said).group(1))  # type: ignore[union-attr]
    page.locator("main button").click()
    visit("/me/")
    if page.locator("[name=inbox]").count():
        page.check("[name=inbox]")
        page.locator("form[action$='/mail/ways/'] button").click()
    visit("/me/campaigns/light-the-stoves/joining/")
    yield "join-campaign"
    if page.locator("form.field button").count():
        page.locator("form.field button").click()
    visit("/me/")
    yield "me"
    _letters(page, lambda: visit("/me/letters/"))
    yield "letters"
    page.locator("main ol a").first.click()
    yield "letter"
    visit("/me/preferences/")
    yield "preferences"
    visit("/me/quiet/")
    yield "quiet"
    visit("/me/erasing/")
    yield "erase"
    mail = mails.mail_with(run, address, "unsubscribe")
    page.goto(f"{run.base}{mail}html/")
    yield "mail-joined"
    page.goto(mails.link_in(run, mail, "unsubscribe"))
    yield "unsubscribe"


def _letters(page: Page, look: Callable[[], None]) -> None:
    """Whoever joins gets a letter of welcome, once the workers have read the log."""
    for _ in range(60):
        look()
        if page.locator("main ol a").count():
            return
        page.wait_for_timeout(500)
    raise RuntimeError("no letter came")


def workspace(page: Page, run: Run, *, prefix: str = "") -> Iterator[str]:
    """Every page of the workspace, for somebody who is signed in as an approver of the host."""
    page.goto(f"{run.base}/organise/cases/3/copies/")
    if not page.locator("main li.task").count():
        page.select_option("#id_place", index=1)
        page.fill("#id_copy", "https://archive.example/a-page")
        page.locator("aside form button").click()
    paths = dict(WORKSPACE)
    page.goto(f"{run.base}/organise/campaigns/")
    drafts = page.locator("main li.task:has(.due .state.half) h3 a[href*='/campaigns/']")
    if drafts.count():
        paths["draft"] = str(drafts.first.get_attribute("href"))
    else:
        page.goto(f"{run.base}/organise/campaigns/3/")
        page.locator("form[action$='/duplicating/'] button").click()
        paths["draft"] = page.url.removeprefix(run.base).removesuffix("editing/")
    paths["draft-edit"] = f"{paths['draft']}editing/"
    page.goto(f"{run.base}/organise/partners/")
    paths["application"] = str(page.locator("main a[href*='applications/']").first.get_attribute("href"))
    paths["partner"] = str(page.locator("[aria-labelledby=partners] h3 a").first.get_attribute("href"))
    for name, path in paths.items():
        page.goto(f"{run.base}{prefix}{path}")
        yield name


def steward(page: Page, run: Run, *, prefix: str = "") -> Iterator[str]:
    """Whom mail is not sent to, for somebody who may see people: the list, one on it, how many at once; how fast it leaves."""
    page.goto(f"{run.base}{prefix}/organise/suppressions/")
    if not page.locator("main li.task").count():
        page.fill("#id_whom", "closed.example")
        page.fill("#id_note", "The office has moved away.")
        page.locator("form[action$='adding/'] button").click()
    yield "suppressions"
    page.goto(f"{run.base}{prefix}/organise/suppressions/?q=closed.example&reason=manual&hours=24")
    yield "suppression-sought"
    page.goto(f"{run.base}{prefix}/organise/pace/")
    if not page.locator("main li.task").count():
        page.select_option("#id_bucket", "default:google")
        page.fill("#id_per_hour", "20000")
        page.locator("form[action$='setting/'] button").click()
    yield "send-limits"


def doors(page: Page, run: Run, *, prefix: str = "") -> Iterator[str]:
    """Signing in as far as the code, with a mistake; and the page that makes a doubtful form wait."""
    page.goto(f"{run.base}{prefix}/accounts/code/")
    page.fill("#id_email", f"asks-{uuid4().hex[:8]}@people.example")
    page.locator("main form button").first.click()
    yield "code-confirm"
    page.fill("#id_code", "WRONG1")
    page.locator("main form button").first.click()
    yield "code-wrong"
    here = f"{run.base}{prefix}/campaigns/light-the-stoves/"
    said = {"name": "Nasrin", "email": f"waits-{uuid4().hex[:8]}@people.example"}
    waits = page.request.post(here, form=said, headers={"Sec-Fetch-Site": "", "Origin": ""})
    held = waits.text().replace("data-work", "data-later")  # as it stands before the script goes on by itself
    page.route(here, lambda route: route.fulfill(status=200, content_type="text/html", body=held))
    page.goto(here)
    page.unroute(here)
    yield "wait"


def second_factor(page: Page, run: Run, said: str, partner: Page, *, prefix: str = "") -> Iterator[str]:
    """The page that asks for the code, in a language; and an invitation, as whoever is invited finds it."""
    entering.begin(page, said, "writer@demo.example")
    page.goto(page.url.replace(run.base, f"{run.base}{prefix}", 1))
    yield "second-factor"
    own = re.search(r"/organise/organisation/[0-9a-f-]+/", partner.url)
    address = f"invited-{uuid4().hex[:8]}@people.example"
    partner.goto(f"{run.base}{prefix}{own.group() if own else ''}")
    partner.fill("[name=invite-email]", address)
    partner.select_option("[name=invite-role]", "viewer")
    partner.locator("main form[action$='/colleagues/'] button").click()
    mail = mails.newest_mail(run, address)
    page.goto(f"{run.base}{mail}html/")
    yield "mail-invitation"
    page.goto(mails.link_in(run, mail, "partners/invitation"))
    yield "invitation"
    page.context.clear_cookies()
    page.fill("#id_name", "Somebody New")
    page.locator("main form.field button").click()
    yield "invitation-accepted"
    page.goto(f"{run.base}{prefix}/accounts/code/")
    page.fill("#id_email", address)
    page.locator("main form button").first.click()
    page.fill("#id_code", mails.code_in(run, address))
    page.locator("main form button").first.click()
    page.goto(f"{run.base}{prefix}/organise/")
    yield "enrol"
    page.fill("#id_code", entering.totp(page.locator("main code").first.inner_text()))
    page.locator("main form button").first.click()
    yield "recovery-codes"
    page.goto(f"{run.base}{prefix}/accounts/logout/")
    yield "logout"
