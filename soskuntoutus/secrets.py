"""Secrets: refused when missing or weak in production, made once and kept where one tries things out.

And what they are for: text that lies in the database so that only the service can read it.
"""

import base64
import binascii
import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MANY = 16  # different characters in a key that was drawn, not typed


def secret_key(text: str) -> str:
    """Django's key, if it is strong."""
    if len(text) < 50 or len(set(text)) < MANY or "insecure" in text.lower():
        raise ImproperlyConfigured("Set SECRET_KEY to at least 50 random characters.")
    return text


def field_key(text: str) -> str:
    """The key that encrypts identity codes and drafts, if it is strong."""
    try:
        key = base64.urlsafe_b64decode(text)
    except binascii.Error:
        key = b""
    if len(key) != 32 or len(set(key)) < MANY:
        raise ImproperlyConfigured("Set FIELD_KEY to 32 random bytes in URL-safe base64.")
    return text


def hosts(names: list[str]) -> list[str]:
    """The names this site answers to, if they are names."""
    if not names or any("*" in name for name in names):
        raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names of this site, separated by commas.")
    return names


def kept(place: Path) -> str:
    """This place's own secret: drawn the first time, the same ever after, readable by its owner alone."""
    if not place.exists():
        place.parent.mkdir(exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(Fernet.generate_key())
        try:
            os.link(draft, place)
        except FileExistsError:
            pass  # another process was first
        finally:
            os.unlink(draft)
    return place.read_text()


def encrypt(text: str) -> str:
    """The text as it lies in the database."""
    return Fernet(settings.FIELD_KEY).encrypt(text.encode()).decode()


def decrypt(cipher: str) -> str:
    """The text as a person reads it."""
    return Fernet(settings.FIELD_KEY).decrypt(cipher.encode()).decode()
