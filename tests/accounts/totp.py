"""An authenticator app in a few lines (RFC 6238)."""

import hashlib
import hmac
import struct
import time
from base64 import b32decode

STEP = 30


def code(secret: str, at: float | None = None) -> str:
    """What the app shows at a moment: six digits."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // STEP)
    digest = hmac.new(b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"
