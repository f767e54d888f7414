"""What only named handlers may read, sealed wherever it lies: the key is a file of the workspace, in no backup."""

from __future__ import annotations

import base64
import hashlib
import os
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models

KEY = ".identity-key"
BEGINS = "gAAAA"
"""How a sealed text begins."""
SHUT = "（密钥不在，打不开）"


def seal(content: bytes) -> bytes:
    """Content sealed with this workspace's key."""
    return _lock(make=True).encrypt(content)


def unseal(content: bytes) -> bytes:
    """What was sealed here. Raises InvalidToken where the key is another or gone."""
    return _lock(make=False).decrypt(content)


class SealedText(models.TextField):
    """Text that the database holds sealed; where the key is gone it reads as SHUT."""

    def get_prep_value(self, value: object) -> str | None:
        """Seal on the way in."""
        return None if value is None else seal(str(value).encode()).decode("ascii")

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        """Open on the way out; what an older edition stored in the clear is still read."""
        if value is None or not value.startswith(BEGINS):
            return value
        try:
            return unseal(value.encode("ascii")).decode()
        except InvalidToken:
            return SHUT


def path_of_key() -> Path | None:
    """Where the key of the workspace lies; None without a workspace."""
    return Path(settings.GUATU_WORKSPACE) / KEY if settings.GUATU_WORKSPACE else None


def _lock(*, make: bool) -> Fernet:
    path = path_of_key()
    if path is None:
        return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.SECRET_KEY.encode()).digest()))
    if make and not path.exists():
        fresh = path.with_name(f"{KEY}-{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(Fernet.generate_key())
        try:
            os.link(fresh, path)  # of two who make it at once, one wins
        except OSError:
            if not path.exists():
                fresh.rename(path)
        fresh.unlink(missing_ok=True)
    try:
        return _lock_of(path.read_bytes())
    except OSError as error:
        raise InvalidToken from error


@lru_cache(maxsize=4)
def _lock_of(key: bytes) -> Fernet:
    return Fernet(key)
