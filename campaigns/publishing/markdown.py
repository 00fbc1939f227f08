"""Organisers' Markdown becomes HTML in which nothing can run and nothing is fetched."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable(["image", "code", "fence"])
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h2", "h3", "hr"}


def to_html(text: str) -> str:
    """Sanitised HTML: a handful of tags, https and mailto links, no images, no styles, no raw HTML."""
    return nh3.clean(
        _parser.render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer",
    )
