"""/mailbox/: what the local mailbox received, newest first. Trial only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

NAME = re.compile(r"\d{20}-\d{4}")
PAGE = 50


@dataclass(frozen=True)
class Kept:
    name: str
    mail: EmailMessage

    @property
    def recipient(self) -> str:
        return str(self.mail["To"])

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"])

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(key, str(value)) for key, value in self.mail.items()]

    @property
    def text(self) -> str:
        part = self.mail.get_body(("plain",))
        return part.get_content() if part else ""

    @property
    def html(self) -> str:
        part = self.mail.get_body(("html",))
        return part.get_content() if part else ""


def folder() -> Path:
    return settings.VAR_DIR / "mailbox"


def received(*, to: str = "", limit: int = PAGE) -> list[Kept]:
    """The newest messages, optionally to one address only."""
    found = []
    for path in sorted(folder().glob("*.eml"), reverse=True):
        kept = _read(path)
        if not to or to.lower() == kept.recipient.lower():
            found.append(kept)
        if len(found) >= limit:
            break
    return found


def _read(path: Path) -> Kept:
    return Kept(path.stem, message_from_bytes(path.read_bytes(), policy=default))  # type: ignore[arg-type]


def _kept(name: str) -> Kept:
    path = folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.exists():
        raise Http404
    return _read(path)


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    to = request.GET.get("to", "").strip()
    total = sum(1 for _ in folder().glob("*.eml"))
    return render(request, "trial/mailbox.html", {"messages": received(to=to), "to": to, "total": total})


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # its stub knows views without arguments only
@require_safe
def message(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "trial/message.html", {"kept": _kept(name)})


@csp_replace({"style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]})  # type: ignore[arg-type]
@xframe_options_sameorigin
@require_safe
def message_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, for a frame: its own inline styles are allowed here and nowhere else.

    Its links open in the whole window, as they would from a mail program.
    """
    return HttpResponse(_kept(name).html.replace("<head>", '<head><base target="_top">', 1))
