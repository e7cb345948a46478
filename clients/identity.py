"""Personal identity codes: kept encrypted, found by a keyed index, never in a URL, a title or a log."""

import hashlib
import hmac
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.fi import hetu

CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}


def clean(text: str) -> str:
    """The code in its one written form; raises ValidationError that says what to look at."""
    try:
        return hetu.validate(text.strip().upper(), allow_temporary=True)
    except InvalidNumber as error:
        raise ValidationError(
            _(
                "Check the identity code: eleven characters, such as 131052-308T. The last one is a check character."
            ),
            code="identity_code",
        ) from error


def birth_date(code: str) -> date:
    """The day of birth that a clean code says."""
    return date(CENTURIES[code[6]] + int(code[4:6]), int(code[2:4]), int(code[:2]))


def index(code: str) -> str:
    """A keyed fingerprint by which the same code is found again without reading any."""
    return hmac.new(settings.FIELD_KEY.encode(), code.encode(), hashlib.sha256).hexdigest()
