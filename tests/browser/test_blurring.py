"""What of a photograph is to be hidden is drawn on it, seen at once, and blurred by the server; without a script it is typed."""

from __future__ import annotations

import io
import re

from PIL import Image
from playwright.sync_api import Page, expect

from tests.makers import make_jpeg


def photographs(page: Page, base: str) -> None:
    """The photographs' page of the first case on record."""
    page.goto(f"{base}/organise/cases/")
    first = page.locator("main h3 a[href*='/organise/cases/']").first.get_attribute("href")
    page.goto(f"{base}{re.match(r'.*/organise/cases/[0-9]+/', first).group()}photos/")


def test_a_rectangle_is_drawn_on_the_picture_that_was_chosen(trial, writer):
    photographs(writer, trial.base)
    before = writer.locator("main figure").count()
    form = writer.locator("form:has(input[type=file])")
    form.locator("input[type=file]").set_input_files(
        {"name": "lake.jpg", "mimeType": "image/jpeg", "buffer": make_jpeg((600, 400))}
    )
    canvas = form.locator("canvas")
    expect(canvas).to_be_visible()
    canvas.scroll_into_view_if_needed()
    edges = canvas.bounding_box()
    writer.mouse.move(edges["x"] + edges["width"] * 0.25, edges["y"] + edges["height"] * 0.5)
    writer.mouse.down()
    writer.mouse.move(edges["x"] + edges["width"] * 0.75, edges["y"] + edges["height"] * 0.9, steps=4)
    writer.mouse.up()
    box = [float(side) for side in form.locator("[name=blur_1]").input_value().split(",")]
    assert all(abs(side - drawn) < 2 for side, drawn in zip(box, (25, 50, 50, 40), strict=True)), box
    form.locator("button[type=submit]").click()
    expect(writer.locator("main figure")).to_have_count(before + 1)
    kept = writer.locator("main form[action*='/changing/']").last
    expect(kept.locator("[name$=blur_1]")).to_have_value(re.compile(r"^2[3-7]"))
    expect(kept.locator("canvas")).to_be_visible()  # and what is on record can be drawn on as well
    served = writer.request.get(trial.base + writer.locator("main figure img").last.get_attribute("src"))
    assert Image.open(io.BytesIO(served.body())).format == "WEBP"
