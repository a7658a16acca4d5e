"""What the database keeps under seal: the messages on their way, with the private links in them."""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import Dialect, LargeBinary, TypeDecorator

# No message begins with these.
SEAL = b"sealed:1:"


class Sealed(TypeDecorator[bytes]):
    """Bytes that the key of this installation opens and nothing else (AES-GCM): who has the
    database, or a copy of it, cannot follow the links in them. None under another key."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        cipher = _cipher()
        if value is None or cipher is None:
            return value
        nonce = os.urandom(12)
        return SEAL + nonce + cipher.encrypt(nonce, value, None)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        cipher = _cipher()
        # What was written before there were seals is there as it was.
        if value is None or cipher is None or not value.startswith(SEAL):
            return value
        nonce, sealed = value[len(SEAL) :][:12], value[len(SEAL) + 12 :]
        try:
            return cipher.decrypt(nonce, sealed, None)
        except InvalidTag:
            return None


def _cipher() -> AESGCM | None:
    secret = current_app.config["SECRET_KEY"]
    return AESGCM(hmac.digest(str(secret).encode(), b"key:mail", "sha256")) if secret else None
