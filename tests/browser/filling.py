"""Filling a form as a person does, whatever kinds of fields it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page


def fill(page: Page, values: Mapping[str, Any], *, form: str = "main") -> None:
    """{field name: what to type, choose or tick}; a list ticks those boxes and no others of that name."""
    for name, value in values.items():
        fields = page.locator(f"{form} [name='{name}']")
        kind = _kind(fields.first)
        if kind == "checkbox":
            wanted = value if isinstance(value, list) else [value]
            for box in fields.all():
                box.set_checked(box.get_attribute("value") in wanted or wanted == [True])
        elif kind == "radio":
            page.locator(f"{form} [name='{name}'][value='{value}']").check()
        elif kind == "select":
            fields.first.select_option(value)
        else:
            fields.first.fill(str(value))


def _kind(field: Locator) -> str:
    if field.evaluate("e => e.tagName") == "SELECT":
        return "select"
    return field.get_attribute("type") or "text"


def press(page: Page, doing: str) -> None:
    """The button of the form that does it, by the end of its address; and the whole page it leads to, or what is counted next
    would be counted on half of one."""
    with page.expect_navigation():
        page.locator(f"main form[action$='{doing}'] button[type=submit]").first.click()


def press_all(page: Page, doing: str) -> int:
    """Every such button until none is left; returns how many were pressed."""
    pressed = 0
    while page.locator(f"main form[action$='{doing}'] button[type=submit]").count():
        press(page, doing)
        pressed += 1
    return pressed
