"""Signing in as somebody of the demo: by the link that the trial printed, and a code of the second factor."""

from __future__ import annotations

import base64
import hmac
import os
import re
import subprocess
import sys
import time

from playwright.sync_api import Page

from config.environment import BASE_DIR
from tests.trial_run import Run


def enter(page: Page, run: Run, said: str, address: str) -> None:
    """Signed in with the link that the trial printed, and a code of the second factor."""
    begin(page, said, address)
    give_code(page, run, address)


def begin(page: Page, said: str, address: str) -> None:
    """With the link that the trial printed; whoever works in an organisation is then asked for the second factor."""
    link = re.search(rf"{re.escape(address)} +(http\S+)", said)
    if link is None:
        raise RuntimeError(f"the trial printed no link for {address}")
    page.goto(link.group(1))
    page.locator("main button").click()


def give_code(page: Page, run: Run, address: str) -> None:
    """What their authenticator shows, typed where the page asks for it; one that was used already is waited out."""
    for _ in range(40):
        page.fill("#id_code", _code(run, address))
        page.locator("main form:has(#id_code) button").first.click()
        if not page.locator("#id_code").count():
            return
        page.wait_for_timeout(1000)
    raise RuntimeError(f"no code of {address} was taken")


def _code(run: Run, address: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", "demo_code", address],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(run.var)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def totp(secret: str) -> str:
    """RFC 6238, as an authenticator shows it now."""
    key = base64.b32decode(secret.replace(" ", "").upper() + "=" * (-len(secret.replace(" ", "")) % 8))
    digest = hmac.new(key, int(time.time() // 30).to_bytes(8, "big"), "sha1").digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"
