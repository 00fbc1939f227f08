"""Mails in the trial's mailbox: the newest to an address, and what stands in it."""

from __future__ import annotations

import re

from tests.trial_run import Run, wait_for


def newest_mail(run: Run, address: str) -> str:
    """The newest mail to an address, as a path of the mailbox."""
    found: list[str] = []

    def arrived() -> bool:
        found[:] = re.findall(r'href="(/mailbox/\d[^"]+)"', run.get(f"/mailbox/?to={address}")[1])
        return bool(found)

    if not wait_for(arrived):
        raise RuntimeError(f"no mail came to {address}")
    return found[0]


def mail_with(run: Run, address: str, word: str) -> str:
    """The newest mail to an address that has such a link, once there is one."""
    found: list[str] = []

    def arrived() -> bool:
        mails = re.findall(r'href="(/mailbox/\d[^"]+)"', run.get(f"/mailbox/?to={address}")[1])
        found[:] = [mail for mail in mails if re.search(rf"/{word}/", run.get(mail)[1])]
        return bool(found)

    if not wait_for(arrived):
        raise RuntimeError(f"no mail with {word} came to {address}")
    return found[0]


def link_in(run: Run, mail: str, word: str) -> str:
    found = re.search(rf'http://127\.0\.0\.1:\d+/(?:\w+/)?{word}/[^"\s<]+', run.get(mail)[1])
    if found is None:
        raise RuntimeError(f"no {word} link in {mail}")
    return found.group(0)


def code_in(run: Run, address: str) -> str:
    """The code of the newest mail for signing in, alone on its line."""
    found: list[str] = []

    def arrived() -> bool:
        for mail in re.findall(r'href="(/mailbox/\d[^"]+)"', run.get(f"/mailbox/?to={address}")[1]):
            found.extend(re.findall(r"^\s*([0-9A-Z]{3,4}-?[0-9A-Z]{3,4})\s*$", run.get(mail)[1], re.MULTILINE))
        return bool(found)

    if not wait_for(arrived):
        raise RuntimeError(f"no code came to {address}")
    return found[0]
