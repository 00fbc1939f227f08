from __future__ import annotations

import re

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from network.models import Person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_second_factor(person: Person) -> None:
    if not Authenticator.objects.filter(user=person).exists():
        TOTP.activate(person, SECRET)


def code_now() -> str:
    """What an authenticator shows; a code may be used once, so earlier uses are forgotten first."""
    cache.clear()
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(SECRET, counters[len(counters) // 2]))


def enter_workspace(person: Person, deliver_all) -> Client:
    """Through the doors: a code from the mail, then the second factor; returns the signed-in browser."""
    make_second_factor(person)
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    client.post("/accounts/code/", {"email": person.email})
    mail = [mail for mail in deliver_all().mails(person.email) if mail["Subject"] == "Your sign-in code"][-1]
    found = re.search(r"^(\d{6})\s*$", mail.get_body(("plain",)).get_content(), re.MULTILINE)
    assert found is not None
    answer = client.post("/accounts/code/confirm/", {"code": found.group(1)})
    assert answer["Location"].startswith("/accounts/second-factor/"), answer["Location"]
    assert client.post("/accounts/second-factor/", {"code": code_now()}).status_code == 302
    return client
