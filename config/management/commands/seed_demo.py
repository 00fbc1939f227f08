"""manage.py seed_demo: the demo network of a trial."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from network.flows.installing import is_trial_database
from network.models import Person
from network.refusals import NotATrial


class Command(BaseCommand):
    help = "Seed the demo network (trial only). Safe to run again: it adds only what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=1000, help="how many people joined the campaign")
        parser.add_argument("--look-only", action="store_true", help="only refuse a database that is not a trial's")
        parser.add_argument("--json", action="store_true", help="print url and sign-in links as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TRIAL:
            raise CommandError("seed_demo writes invented people and open doors; it runs in a trial only.")
        from config.trial.demo import partnership, seeding
        from config.trial.links import link_for

        if options["look_only"]:
            if "network_installation" in connection.introspection.table_names() and not is_trial_database():
                raise CommandError(str(NotATrial.reason))
            return
        seeding.seed(crowd=options["people"], at=timezone.now())
        people = [(role, Person.objects.get(email=address)) for role, address in seeding.LOGINS]
        made: dict[str, Any] = {
            "url": settings.SITE_URL,
            "logins": [
                {
                    "role": role,
                    "email": person.email,
                    "link": link_for(person),
                    "totp_secret": seeding.totp_secret(person),
                }
                for role, person in people
            ],
            "api_key": partnership.api_key(),
        }
        if options["json"]:
            self.stdout.write(json.dumps(made))
        else:
            self.stdout.write(f"The demo network is ready, with {options['people']:,} people.")
            for login in made["logins"]:
                self.stdout.write(f"Sign in as {login['role']}: {login['link']}")
                if login["totp_secret"]:
                    self.stdout.write(f"  second factor: {login['totp_secret']}")
            self.stdout.write(f"API key of the demo partner: {made['api_key']}")
