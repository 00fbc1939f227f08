"""/metrics, for Prometheus: numbers about work, none about people. Loopback, or whoever has the token."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from network.models import Consumer, LogHead, OutboxEvent
from network.open.errors import missing

# Higher apps add their own gauges in ready(): name → (help, function giving (labels, value) pairs).
Reading = Iterable[tuple[dict[str, str], float]]
_gauges: dict[str, tuple[str, Callable[[], Reading]]] = {}


def gauge(name: str, explained: str, read: Callable[[], Reading]) -> None:
    """Register a gauge; `read` runs one cheap query when somebody asks."""
    _gauges[name] = (explained, read)


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text exposition, version 0.0.4."""
    if not _may_read(request):
        return missing(request)
    lines = []
    for name, (explained, read) in sorted(_gauges.items()):
        lines += [f"# HELP {name} {explained}", f"# TYPE {name} gauge"]
        for labels, value in read():
            shown = ",".join(f'{key}="{text}"' for key, text in labels.items())
            lines.append(f"{name}{{{shown}}} {value:g}" if shown else f"{name} {value:g}")
    response = HttpResponse("\n".join([*lines, ""]), content_type="text/plain; version=0.0.4; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def _may_read(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if settings.METRICS_TOKEN and hmac.compare_digest(given, settings.METRICS_TOKEN):
        return True
    if settings.TRUSTED_PROXIES and "X-Forwarded-For" in request.headers:
        return False  # came through our proxy, so from outside, whatever address connects
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _unnumbered() -> Reading:
    yield {}, OutboxEvent.objects.unnumbered().count()


def _behind() -> Reading:
    head = LogHead.objects.values_list("position", flat=True).first() or 0
    for name, position in Consumer.objects.order_by("name").values_list("name", "position"):
        yield {"consumer": name}, head - position


gauge("hamseda_log_unnumbered_events", "Committed events that have no position yet.", _unnumbered)
gauge("hamseda_consumer_behind_events", "Positions a consumer has still to read.", _behind)
