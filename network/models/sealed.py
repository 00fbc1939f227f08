"""Sealed columns: text, words per language and bytes that lie encrypted in the database, under keys that are not in it.

The first of FIELD_KEYS seals, every one of them opens: put a new key first, run `manage.py reseal`, then drop the old. A
sealed column cannot be searched or compared in a query, on purpose.
"""

from __future__ import annotations

import base64
import json
from functools import cache, lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

TOKEN = b"gAAAA"  # what every sealed run of bytes begins with
PADDED_TO = 256  # bytes
MARK = "s1:"  # what stands before it is sealed; a value without it was written before the column was


class CannotOpen(Exception):
    """None of FIELD_KEYS opens a sealed value: a key is missing, or the database is of another installation."""


@cache
def _ciphers(keys: tuple[str, ...]) -> MultiFernet:
    """One cipher per key, 32 bytes derived from each by HKDF-SHA256."""
    derived = [
        HKDF(algorithm=SHA256(), length=32, salt=None, info=b"hamseda.sealed-column").derive(key.encode())
        for key in keys
    ]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def _cipher() -> MultiFernet:
    return _ciphers(tuple(settings.FIELD_KEYS))


def sealed(plain: bytes) -> bytes:
    return _cipher().encrypt(plain)


def opened(token: bytes) -> bytes:
    try:
        return _cipher().decrypt(token)
    except InvalidToken:
        raise CannotOpen from None


@lru_cache(maxsize=8192)
def _opened_text(value: str, keys: tuple[str, ...]) -> str:
    return opened(value[len(MARK) :].encode()).decode()


class SealedText(models.TextField):
    """Text that is sealed on its way in and opened on its way out; the empty text stays empty."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return MARK + sealed(text.encode()).decode() if text else text

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if not value or not value.startswith(MARK):
            return value
        return _opened_text(value, tuple(settings.FIELD_KEYS))


class SealedJson(models.TextField):
    """Plain data, such as {language: words}, sealed as a whole: who reads the database learns of its length only in
    steps of PADDED_TO bytes."""

    _pyi_private_set_type: Any  # for the type checker: in and out goes plain data, not a text
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return value
        plain = json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
        return MARK + sealed(plain + b" " * (-len(plain) % PADDED_TO)).decode()

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if not value:
            return {}
        is_sealed = value.startswith(MARK)  # else it was written before the column was sealed
        return json.loads(_opened_text(value, tuple(settings.FIELD_KEYS)) if is_sealed else value)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: Any) -> str:
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)


class SealedBytes(models.BinaryField):
    """The same for bytes: a picture nobody is meant to see."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(sealed(bytes(value)) if value else value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        is_sealed = value and bytes(value).startswith(TOKEN)  # else it was written before the column was sealed
        return opened(bytes(value)) if is_sealed else value
