"""`make screens`: start a trial of its own, walk through it in Chromium without JavaScript, keep pictures in docs/screens/.

`make screens`, or python -m tests.screens FOLDER to have every page there.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import shutil
import signal
import struct
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from config.environment import BASE_DIR
from tests.trial_run import Run, free_port, wait_for

SCREENS = BASE_DIR / "docs" / "screens"
# In the repository; a FOLDER gets all.
KEPT = {
    "home",
    "campaign",
    "confirm",
    "thanks",
    "join",
    "me",
    "mail-joined",
    "desk",
    "alert",
}
WIDTHS = {"phone": 390, "desk": 1280}
WORKSPACE = {
    "desk": "/organise/",
    "cases": "/organise/cases/",
    "case-new": "/organise/cases/new/",
    "drafts": "/organise/campaigns/",
    "draft": "/organise/campaigns/3/",
    "alerts": "/organise/alerts/",
    "alert": "/organise/alerts/1/",
    "alert-edit": "/organise/alerts/1/editing/",
}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def main() -> int:
    chromium = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if chromium is None:
        print("Chromium is not here (apt-get install chromium fonts-noto-core); no pictures were made.")
        return 0
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else SCREENS
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        run = Run(Path(folder) / "var", free_port(), DEMO_PEOPLE="300")
        try:
            said = run.wait_until_up()
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            for prefix in ("", "/fa"):
                for name, width in WIDTHS.items():
                    _walk(browser, run, said, target, prefix=prefix, name=name, width=width)
            _organise(browser, run, said, target)
            browser.close()
        finally:
            run.end(signal.SIGTERM)
    return 0


def _walk(browser: Browser, run: Run, said: str, target: Path, *, prefix: str, name: str, width: int) -> None:
    language = "fa" if prefix else "en"
    base = f"http://127.0.0.1:{run.port}"
    page = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=False)

    def keep(what: str) -> None:
        _keep(page, what, target, language=language, name=name, width=width)

    def visit(path: str) -> None:
        page.goto(f"{base}{prefix}{path}")

    visit("/")
    keep("home")
    visit("/campaigns/light-the-stoves/")
    keep("campaign")
    page.locator("#sign button").click()
    keep("campaign-errors")
    address = f"visitor-{language}-{name}@people.example"
    page.fill("#id_name", "نسرین" if prefix else "Nasrin")
    page.fill("#id_email", address)
    page.check("#id_follow")
    page.locator("#sign button").click()
    keep("mail-sent")
    mail = _mail(run, address)
    page.goto(f"{base}{mail}")
    keep("mail-confirm")
    page.goto(_link(run, mail, "confirm"))
    keep("confirm")
    page.locator("form.field button").click()
    keep("thanks")
    visit("/join/")
    keep("join")
    visit("/principles/")
    keep("principles")
    visit("/accounts/code/")
    keep("sign-in")
    page.goto(re.search(r"http\S+/trial/sign-in/\S+", said).group(0))  # type: ignore[union-attr]
    page.locator("main button").click()
    visit("/me/campaigns/light-the-stoves/joining/")
    keep("join-campaign")
    if page.locator("form.field button").count():
        page.locator("form.field button").click()
    visit("/me/")
    keep("me")
    _keep_mail(page, run, base, keep, address)
    visit("/nowhere/")
    keep("not-found")
    page.context.close()


def _organise(browser: Browser, run: Run, said: str, target: Path) -> None:
    """The organiser's screens, signed in once with the second factor that the trial printed: a code works once."""
    page = browser.new_page(java_script_enabled=False)
    link = re.search(r"approver +(http\S+)\s+second factor key +(\S+)", said)
    if link is None:
        raise SystemExit("the trial printed no approver")
    page.goto(link.group(1))
    page.locator("main button").click()
    page.fill("#id_code", _code(link.group(2)))
    page.locator("main button").click()
    for prefix in ("", "/fa"):
        for name, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            for what, path in WORKSPACE.items():
                page.goto(f"http://127.0.0.1:{run.port}{prefix}{path}")
                _keep(page, what, target, language="fa" if prefix else "en", name=name, width=width)
    page.context.close()


def _keep(page: Page, what: str, target: Path, *, language: str, name: str, width: int) -> None:
    wide = page.locator("body").evaluate("b => b.scrollWidth")
    if wide > width:
        raise SystemExit(f"{what} in {language} is {wide} px wide on a {width} px screen")
    if target != SCREENS or what in KEPT:
        page.screenshot(path=target / f"{what}-{language}-{name}.png", full_page=True)


def _code(secret: str) -> str:
    """What an authenticator would show now (RFC 6238, 30 s, six digits)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def _keep_mail(page: Page, run: Run, base: str, keep, address: str) -> None:
    """The joined-notice as its HTML part looks, and where its link out leads."""
    wait_for(lambda: run.get(f"/mailbox/?to={address}")[1].count("/mailbox/1") >= 3)
    mail = _mail(run, address)
    page.goto(f"{base}{mail}html/")
    keep("mail-joined")
    page.goto(_link(run, mail, "unsubscribe"))
    keep("unsubscribe")


def _mail(run: Run, address: str) -> str:
    """The newest mail to an address, as a path of the mailbox."""
    found: list[str] = []

    def arrived() -> bool:
        found[:] = re.findall(r'href="(/mailbox/\d[^"]+)"', run.get(f"/mailbox/?to={address}")[1])
        return bool(found)

    if not wait_for(arrived):
        raise SystemExit(f"no mail came to {address}")
    return found[0]


def _link(run: Run, mail: str, word: str) -> str:
    found = re.search(rf'http://127\.0\.0\.1:\d+/(?:fa/)?{word}/[^"\s<]+', run.get(mail)[1])
    if found is None:
        raise SystemExit(f"no {word} link in {mail}")
    return found.group(0)


if __name__ == "__main__":
    sys.exit(main())
