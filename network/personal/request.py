"""The request of somebody who is signed in, for type checkers: login_required has made sure."""

from django.http import HttpRequest

from network.models import Person


class PersonalRequest(HttpRequest):
    user: Person  # type: ignore[assignment]
