"""manage.py demo_code: the six digits a demo organiser's authenticator would show now. Trial only."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.models import Person


class Command(BaseCommand):
    help = "Print the second-factor code of a demo organiser, for trials without a telephone at hand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TRIAL:
            raise CommandError("demo_code opens demo accounts; it runs in a trial only.")
        from config.trial.demo.seeding import totp_secret

        person = Person.objects.filter(email=options["email"]).first()
        secret = totp_secret(person) if person else None
        if secret is None:
            raise CommandError("Nobody with a second factor has this address.")
        counter = list(yield_hotp_counters_from_time())
        self.stdout.write(format_hotp_value(hotp_value(secret, counter[len(counter) // 2])))
