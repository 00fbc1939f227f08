"""Organisers' Markdown becomes HTML in which nothing can run and nothing is fetched."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

_OPTIONS = {"html": False, "linkify": False}
_OFF = ["image", "code", "fence"]
_parser = MarkdownIt("commonmark", _OPTIONS).disable(_OFF)
_by_lines = MarkdownIt("commonmark", {**_OPTIONS, "breaks": True}).disable(_OFF)
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h2", "h3", "hr"}


def to_html(text: str, *, keeps_lines: bool = False) -> str:
    """Sanitised HTML: a handful of tags, https and mailto links, no images, no styles, no raw HTML. keeps_lines: where one
    begins in the text, one begins on the page, as who writes point by point without knowing Markdown expects."""
    return nh3.clean(
        (_by_lines if keeps_lines else _parser).render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer",
    )
