"""What is wrong with a page for whoever cannot see it, or not well, or uses no pointer: axe's verdict, and ours."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
MAIL = {
    **OPTIONS,
    "runOnly": {"type": "tag", "values": RULES[:-1]},
}  # a mail is no page: it has no landmarks of its own
DANGLING = """() => ["describedby", "labelledby", "controls"].flatMap((relation) =>
  [...document.querySelectorAll(`[aria-${relation}]`)].flatMap((one) => one.getAttribute(`aria-${relation}`).split(/ +/)
    .filter((id) => !document.getElementById(id)).map((id) => `aria-${relation} of ${one.id || one.tagName}: no ${id}`)))"""


def violations(page: Page, options: dict[str, Any] = OPTIONS) -> list[str]:
    """rule: where, for everything axe finds wrong; and what points to a hint, an error or a heading that is not there."""
    page.wait_for_load_state()
    try:
        found = Axe().run(page, options=options).response["violations"]
    except Error:  # a press led on to another page while this one was looked at: that one is meant
        page.wait_for_load_state()
        found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]] + page.evaluate(DANGLING)
