"""The translation service: LibreTranslate or a compatible one. Off without TRANSLATE_URL."""

from __future__ import annotations

import json
from http.client import HTTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.json_post import AnswerTooLong, post_json

LONGEST = 10_000  # characters
MOST_BYTES = 256 * 1024
_MESSAGES = {
    "translation_off": _("No translation service is connected."),
    "translation_too_long": _("The text is too long to translate in one piece."),
    "translation_refused": _("The translation service rejected our key. Tell an administrator."),
    "translation_busy": _("The translation service is busy. Try again in a minute."),
    "translation_down": _("The translation service isn’t responding. Try again later."),
    "translation_unusable": _(
        "The translation service sent an answer we can’t use. Try again later."
    ),
}
_BY_STATUS = {
    400: "translation_unusable",
    401: "translation_refused",
    403: "translation_refused",
    413: "translation_too_long",
    429: "translation_busy",
}


def translator_error(code: str) -> ValidationError:
    return ValidationError(_MESSAGES[code], code=code)


def is_on() -> bool:
    return bool(settings.TRANSLATE_URL)


def host() -> str:
    """Where texts are sent, to be said before one is."""
    return urlsplit(settings.TRANSLATE_URL).hostname or ""


def translate(text: str, *, source: str, target: str) -> str:
    """Never inside a transaction, because it waits for another system.

    ValidationError by the codes above; none of them contains the text.
    """
    if not is_on():
        raise translator_error("translation_off")
    if len(text) > LONGEST:
        raise translator_error("translation_too_long")
    asked = {"q": text, "source": source, "target": target, "format": "text"}
    if settings.TRANSLATE_API_KEY:
        asked["api_key"] = settings.TRANSLATE_API_KEY
    url = f"{settings.TRANSLATE_URL.rstrip('/')}/translate"
    body = json.dumps(asked).encode()
    try:
        answer = post_json(url, body, seconds=settings.TRANSLATE_TIMEOUT, most_bytes=MOST_BYTES)
    except AnswerTooLong as error:
        raise translator_error("translation_unusable") from error
    except (OSError, HTTPException) as error:
        raise translator_error("translation_down") from error
    if answer.status != 200:
        raise translator_error(_BY_STATUS.get(answer.status, "translation_down"))
    return _text(answer.body)


def _text(answer: bytes) -> str:
    try:
        text = json.loads(answer)["translatedText"].replace("\0", "").strip()
        text.encode()  # a lone surrogate can't be stored
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise translator_error("translation_unusable") from error
    if not text:
        raise translator_error("translation_unusable")
    return str(text)
