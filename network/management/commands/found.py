"""manage.py found: the host organisation and its first two approvers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from network import links
from network.flows import founding
from network.refusals import Refused


class Command(BaseCommand):
    help = "Found the host organisation with two or more approvers; each then signs in and enrols a second factor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="the organisation's name, as readers see it")
        parser.add_argument("--email", action="append", required=True, help="an approver's address; give two")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            people = founding.found(options["name"], options["email"], trial=settings.TRIAL, at=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused.reason)) from None
        self.stdout.write(f"{options['name']} is founded. Give each approver their own link, by a way you trust:")
        self.stdout.write("it signs in once, within two weeks, and enrols a second factor.")
        for person in people:
            token = links.token_for(person.public_id, person.email, salt=links.ENROLMENT)
            self.stdout.write(f"  {person.email}  {settings.SITE_URL}{reverse('enrol', args=[token])}")
