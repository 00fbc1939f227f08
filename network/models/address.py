"""E-mail addresses: what we accept, how we store them, and when two spellings are one mailbox."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from network.refusals import NotAnAddress

ADDRESS_MAX_CHARACTERS = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets

# Providers that ignore dots in the local part; googlemail.com is the same mailbox as gmail.com.
DOTLESS = {"gmail.com", "googlemail.com"}
SAME_DOMAIN = {"googlemail.com": "gmail.com"}

# Where a mailbox lives, for pacing: the few hosts that take most of the mail, and everybody else.
DESTINATIONS = {
    "gmail.com": "google",
    "googlemail.com": "google",
    "outlook.com": "microsoft",
    "hotmail.com": "microsoft",
    "live.com": "microsoft",
    "yahoo.com": "yahoo",
    "ymail.com": "yahoo",
    "icloud.com": "apple",
    "me.com": "apple",
}

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def stored_form(text: str) -> str:
    """The address as we keep and send to: folded width, lower case, domain in ASCII. Raises NotAnAddress."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip().lower()
    if len(text) > ADDRESS_MAX_CHARACTERS or text.count("@") != 1 or any(ord(c) < 33 or ord(c) == 127 for c in text):
        raise NotAnAddress
    local, domain = text.split("@")
    if not local.isascii():
        raise NotAnAddress  # few relays can deliver to one, and one that cannot must not hold up the rest
    try:
        domain = domain.encode("idna").decode("ascii")
        address = f"{local}@{domain}"
        validate_email(address)
    except (UnicodeError, ValidationError):
        raise NotAnAddress from None
    return address


def canonical_form(address: str) -> str:
    """The address by which two spellings count once: no +tag, no dots where the provider ignores them."""
    local, domain = stored_form(address).split("@")
    domain = SAME_DOMAIN.get(domain, domain)
    local = local.split("+", 1)[0] or local
    if domain in DOTLESS:
        local = local.replace(".", "")
    return f"{local}@{domain}"


def fingerprint(address: str, *, key: bytes) -> str:
    """HMAC-SHA-256 of the canonical address, 64 hex characters; without the key it says nothing about anybody."""
    return hmac.new(key, canonical_form(address).encode(), hashlib.sha256).hexdigest()


def destination_of(address: str) -> str:
    """The pacing group of an address: google, microsoft, yahoo, apple or other."""
    return DESTINATIONS.get(address.rsplit("@", 1)[-1], "other")


def masked(address: str) -> str:
    """The address as shown to its owner on a page someone may look over: a····g@example.org."""
    local, _, domain = address.partition("@")
    return f"{local[0]}····{local[-1] if len(local) > 1 else ''}@{domain}" if local else ""
