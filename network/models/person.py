"""Person: the user model. Exists once an address is confirmed; e-mail is the only identity."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Count

from network.models.address import stored_form
from network.models.dialect import locked


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> PersonQuerySet:
        return self.filter(is_active=True)

    def supporters_of(self, principles: Any) -> PersonQuerySet:
        return self.filter(endorsements__principles=principles, endorsements__state="confirmed")

    def countries(self, *, fewest: int) -> list[str]:
        """Where at least so many of them say they live: a smaller group is not told apart."""
        counted = self.exclude(country="").order_by().values("country").annotate(n=Count("pk"))
        return sorted(counted.filter(n__gte=fewest).values_list("country", flat=True))

    def by_language(self) -> dict[str, int]:
        """How many of them read each language."""
        return dict(self.order_by().values_list("language").annotate(n=Count("pk")))

    def locked(self, pk: int) -> Person:
        return locked(self).get(pk=pk)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, email: str | None) -> Person:
        return self.get(email=stored_form(email or ""))


class Person(AbstractBaseUser):
    """A confirmed address and the name its owner chose. Everything else about them is optional."""

    class Pace(models.TextChoices):
        ASKED = "asked"  # whatever is asked, or has happened
        URGENT = "urgent"  # urgent alerts, and the word to stop

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    # The audit names people by this handle alone; erasing the person breaks the link for good.
    audit_handle = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    display_name = models.CharField(max_length=80)
    language = models.CharField(max_length=8, default="en")
    destination = models.CharField(max_length=16, default="other")  # pacing group of the mailbox
    is_active = models.BooleanField(default=True)
    pace = models.CharField(max_length=8, choices=Pace.choices, default=Pace.ASKED)
    # Both only if they said where they live: letters then keep to their hours, and to what their country can do.
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1
    zone = models.CharField(max_length=48, blank=True)  # of the tz database
    neutral_mail = models.BooleanField(default=False)  # an inbox shows neither names nor what it is about
    at_risk = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    class Meta:
        indexes = [models.Index(fields=["language"])]

    def __str__(self) -> str:
        return f"person {self.pk}"  # never the address: this string reaches logs

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.password:
            self.set_unusable_password()
        super().save(*args, **kwargs)
