"""What granian serves for `benchmarks.web`: the application as it is, and beside it the two things it is measured against."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

settings.ROOT_URLCONF = "benchmarks.web_urls"
# One address stands for a whole public here.
settings.OPEN_FORM_POSTS_IN_ALL_PER_MINUTE = settings.OPEN_FORM_POSTS_WITHOUT_ADDRESS_PER_MINUTE = 10**9

from config.wsgi import application as ours  # noqa: E402

HELLO = "/bench/hello/"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if environ["PATH_INFO"] == HELLO:
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
        return [b"hello"]
    return ours(environ, start_response)
