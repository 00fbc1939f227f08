"""`make screens`: start a trial of its own, walk through it in Chromium without JavaScript, keep pictures in docs/screens/.

`make screens`, or python -m tests.screens FOLDER to have every page there. Pictures in English and Persian lie side by side
in one file, so that both directions are looked at together.
"""

from __future__ import annotations

import io
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from config.environment import BASE_DIR
from tests.browser import chromium, entering, walking
from tests.trial_run import Run, free_port

SCREENS = BASE_DIR / "docs" / "screens"
WIDTHS = {"phone": 390, "desk": 1280}
LANGUAGES = {"en": "", "fa": "/fa"}
BETWEEN, WIDEST = 24, 1200  # pixels between two pictures, and of both together

Walk = Callable[[Page, str], Iterator[str]]


def main() -> int:
    if chromium.found() is None:
        print(f"{chromium.ABSENT}; no pictures were made.")
        return 0
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else SCREENS
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        run = Run(Path(folder) / "var", free_port(), DEMO_PEOPLE="300")
        try:
            said = run.wait_until_up()
            browser = chromium.launch(playwright)
            _picture(browser, target, lambda page, prefix: walking.open_pages(page, run, prefix=prefix))
            _picture(browser, target, lambda page, prefix: walking.supporter(page, run, said, prefix=prefix))
            _picture(browser, target, lambda page, prefix: walking.doors(page, run, prefix=prefix))
            approver = browser.new_page(java_script_enabled=False)
            entering.enter(approver, run, said, "approver@demo.example")
            _picture(browser, target, lambda page, prefix: walking.workspace(page, run, prefix=prefix), page=approver)
            steward = browser.new_page(java_script_enabled=False)
            entering.enter(steward, run, said, "steward@demo.example")
            _picture(browser, target, lambda page, prefix: walking.steward(page, run, prefix=prefix), page=steward)
            partner = browser.new_page(java_script_enabled=False)
            entering.enter(partner, run, said, "partner@demo.example")
            own = partner.url.removeprefix(run.base)
            _picture(browser, target, lambda page, prefix: _one(page, f"{run.base}{prefix}{own}"), page=partner)
            _picture(
                browser,
                target,
                lambda page, prefix: walking.second_factor(page, run, said, partner, prefix=prefix),
            )
            browser.close()
        finally:
            run.end(signal.SIGTERM)
    return 0


def _one(page: Page, address: str) -> Iterator[str]:
    page.goto(address)
    yield "organisation"


def _picture(browser: Browser, target: Path, walk: Walk, *, page: Page | None = None) -> None:
    """Walk in both languages at both widths; page: one that is signed in already, else each walk has a fresh one."""
    for name, width in WIDTHS.items():
        seen: dict[str, list[bytes]] = {}
        for prefix in LANGUAGES.values():
            one = page or browser.new_page(java_script_enabled=False)
            one.set_viewport_size({"width": width, "height": 900})
            for what in walk(one, prefix):
                wide = one.locator("body").evaluate("b => b.scrollWidth")
                if wide > width:
                    raise SystemExit(f"{what} at {prefix or '/'} is {wide} px wide on a {width} px screen")
                seen.setdefault(what, []).append(one.screenshot(full_page=True))
            if page is None:
                one.context.close()
        for what, pictures in seen.items():
            _side_by_side(pictures, target / f"{what}-{name}.png")


def _side_by_side(pictures: list[bytes], path: Path) -> None:
    images = [Image.open(io.BytesIO(one)).convert("RGB") for one in pictures]
    width = sum(image.width for image in images) + BETWEEN * (len(images) - 1)
    both = Image.new("RGB", (width, max(image.height for image in images)), "#8a8f96")
    left = 0
    for image in images:
        both.paste(image, (left, 0))
        left += image.width + BETWEEN
    if both.width > WIDEST:  # small enough to be kept with the source, large enough to be judged
        both = both.resize((WIDEST, round(both.height * WIDEST / both.width)), Image.Resampling.LANCZOS)
    both.quantize(32).save(path, "PNG", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
