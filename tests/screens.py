"""`make screens`: start a trial of its own, walk through it in Chromium without JavaScript, keep pictures in docs/screens/.

`make screens`, or python -m tests.screens FOLDER to have every page there.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
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
    "partners",
    "application",
    "organisation",
    "defender",
    "gate",
}
WIDTHS = {"phone": 390, "desk": 1280}
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
    "gate": "/organise/cases/3/gate/",
    "case-preview": "/organise/cases/3/preview/",
    "sealed": "/organise/cases/3/sealed/",
    "drafts": "/organise/campaigns/",
    "draft": "/organise/campaigns/3/",
    "alerts": "/organise/alerts/",
    "alert": "/organise/alerts/1/",
    "alert-edit": "/organise/alerts/1/editing/",
    "vetting": "/organise/partners/",
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
    visit("/defenders/")
    keep("defenders")
    visit("/defenders/laleh-sepidkuh/")
    keep("defender")
    visit("/defenders/?province=&q=Baran")
    page.locator("main article a").first.click()
    keep("defender-alias")
    visit("/campaigns/light-the-stoves/")
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
    visit("/partners/")
    keep("partners")
    visit("/partners/apply/")
    keep("partner-apply")
    page.locator("form.field button").click()
    keep("partner-apply-errors")
    visit("/api/")
    keep("api")
    visit("/accounts/code/")
    keep("sign-in")
    page.goto(re.search(r"supporter@\S+ +(http\S+/trial/sign-in/\S+)", said).group(1))  # type: ignore[union-attr]
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
    _enter(page, run, said, "approver@demo.example")
    page.goto(f"http://127.0.0.1:{run.port}/organise/partners/")
    application = page.locator("main a[href*='applications/']").first.get_attribute("href")
    partner = page.locator("[aria-labelledby=partners] h3 a").first.get_attribute("href")
    paths = WORKSPACE | {"application": str(application), "partner": str(partner)}
    for prefix in ("", "/fa"):
        for name, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            for what, path in paths.items():
                page.goto(f"http://127.0.0.1:{run.port}{prefix}{path}")
                _keep(page, what, target, language="fa" if prefix else "en", name=name, width=width)
    page.context.close()
    page = browser.new_page(java_script_enabled=False)
    _enter(page, run, said, "partner@demo.example")
    own = page.url.removeprefix(f"http://127.0.0.1:{run.port}")
    for prefix in ("", "/fa"):
        for name, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"http://127.0.0.1:{run.port}{prefix}{own}")
            _keep(page, "organisation", target, language="fa" if prefix else "en", name=name, width=width)
    page.context.close()


def _enter(page: Page, run: Run, said: str, address: str) -> None:
    """Signed in with the link that the trial printed, and a code of the second factor."""
    link = re.search(rf"{re.escape(address)} +(http\S+)", said)
    if link is None:
        raise SystemExit(f"the trial printed no link for {address}")
    page.goto(link.group(1))
    page.locator("main button").click()
    done = subprocess.run(
        [sys.executable, "manage.py", "demo_code", address],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(run.var)},
        capture_output=True,
        text=True,
        check=True,
    )
    page.fill("#id_code", done.stdout.strip())
    page.locator("main button").click()


def _keep(page: Page, what: str, target: Path, *, language: str, name: str, width: int) -> None:
    wide = page.locator("body").evaluate("b => b.scrollWidth")
    if wide > width:
        raise SystemExit(f"{what} in {language} is {wide} px wide on a {width} px screen")
    if target != SCREENS or what in KEPT:
        page.screenshot(path=target / f"{what}-{language}-{name}.png", full_page=True)


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
