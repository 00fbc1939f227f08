"""Drill: every worker is killed while a mail provider's interface has messages it has not answered for.

Counted at the provider. What was handed over is uncertain then: told as such and not sent again, or, where it presses, sent again
to at most what was handed over. Whoever is neither reached nor told of is lost.
"""

from __future__ import annotations

import json
import signal
import sys

from drills import dispatching  # isort: skip  (sets Django up)

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from drills.dispatching import PEOPLE, WORKERS
from network.flows.installing import install
from notifications.flows import opening
from tests.makers import make_alert, make_campaign
from tests.provider_server import Provider


def run(severity: str, *, bound: int) -> bool:
    """bound: how many may get it twice."""
    provider = Provider(delay_seconds=0.05)
    through = {
        "MAIL_THROUGH": "provider",
        "MAIL_PROVIDER": "mailgun",
        "MAIL_PROVIDER_SECRETS": json.dumps(
            {"MAILGUN_API_KEY": "key", "MAILGUN_SENDER_DOMAIN": "people.example", "MAILGUN_API_URL": provider.url}
        ),
    }
    campaign = make_campaign(dispatching.make_network_once(), slug=f"provided-{severity}")
    alert = make_alert(dispatching.make_network_once(), campaign, severity=severity)
    dispatching.join_everybody(alert)
    processes = [dispatching.start(1, surrounded=through) for _each in range(WORKERS)]
    beat = dispatching.clock(1)
    page, ended = dispatching.Page(alert, provider), False
    try:
        opening.open_alert(alert.pk, by=None, at=timezone.now())
        if dispatching.wait_for(lambda: page.is_looked_at() and len(provider.accepted) > PEOPLE // 10):
            for worker in processes:
                worker.send_signal(signal.SIGKILL)
            processes += [dispatching.start(1, surrounded=through) for _each in range(WORKERS)]
            ended = dispatching.wait_for(lambda: page.is_looked_at() and dispatching.is_finished(alert))
    finally:
        dispatching.end([*processes, beat])
        provider.stop()
    name, most = f"a provider's interface, all workers kill -9, {severity}", WORKERS * settings.PROVIDER_SLICE
    return dispatching.tell(
        name, alert, provider.accepted, apart="uncertain", bound=bound, ended=ended, most=most, page=page
    )


def main() -> int:
    call_command("migrate", verbosity=0)
    install(trial=True, at=timezone.now())
    held = [
        run("action", bound=0),  # nobody is sent it again by itself
        run("urgent", bound=WORKERS * settings.PROVIDER_SLICE),
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
