"""A trial of its own and one Chromium for the whole run; without Chromium everything here is skipped, and says so."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from tests.browser import chromium, entering
from tests.trial_run import Run, free_port

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)  # milliseconds
WIDTHS = {"phone": 360, "desk": 1280}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Trial:
    run: Run
    said: str  # what it printed: links to sign in with

    @property
    def base(self) -> str:
        return self.run.base


@pytest.fixture(scope="session")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    if chromium.found() is None and os.environ.get("CI"):
        pytest.fail(f"{chromium.ABSENT}; the gate wants it", pytrace=False)
    if chromium.found() is None:
        pytest.skip(f"{chromium.ABSENT}; browser tests are skipped")
    folder: Path = tmp_path_factory.mktemp("browser")
    run = Run(folder / "var", free_port(), DEMO_PEOPLE="60")
    try:
        yield Trial(run, run.wait_until_up())
    finally:
        run.end(signal.SIGTERM)


@pytest.fixture(scope="session")
def browser(trial: Trial) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = chromium.launch(playwright)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser, trial: Trial) -> Iterator[Callable[..., Page]]:
    """A fresh page at a width, with or without JavaScript; at the end of the test no request may have left the origin and
    nothing may have broken in the console."""
    pages: list[Page] = []
    strays: list[str] = []
    broken: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((trial.base, "data:", "blob:")):
            strays.append(request.url)

    def make(*, width: int = 1280, javascript: bool = True) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=javascript)
        page.on("request", note)
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda said: broken.append(said.text) if _is_refusal(said.text) else None)
        pages.append(page)
        return page

    yield make
    for page in pages:
        page.context.close()
    assert strays == []
    assert broken == []


def _is_refusal(text: str) -> bool:
    """What a policy stopped, or a script said went wrong."""
    return "Content Security Policy" in text or text.startswith("Uncaught")


def signed_in(address: str) -> Callable[..., Iterator[Page]]:
    """A fixture: somebody of the demo, signed in once, as the codes of a second factor work once."""

    @pytest.fixture(scope="session")
    def enter(browser: Browser, trial: Trial) -> Iterator[Page]:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        entering.enter(page, trial.run, trial.said, address)
        yield page
        page.context.close()

    return enter


approver = signed_in("approver@demo.example")
writer = signed_in("writer@demo.example")
partner = signed_in("partner@demo.example")
steward = signed_in("steward@demo.example")
