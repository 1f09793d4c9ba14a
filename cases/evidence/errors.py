"""What a person is told when a file is refused: a stable code, and what to do next."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.formats import moment

MESSAGES = {
    "evidence_empty": _("This file is empty. Choose it again or take a new photo."),
    "evidence_too_large": _(
        "This file is %(size)s MB. The limit is %(limit)s MB: send a smaller photo or fewer pages."
    ),
    # A screenshot is the one conversion everyone can do, whatever the phone saved.
    "evidence_type": _(
        "This file isn’t a photo or a PDF we can open. Send a photo or a screenshot of it."
    ),
    "evidence_pixels": _(
        "This picture has %(megapixels)s megapixels. The limit is %(limit)s:"
        " send a smaller copy or a screenshot of it."
    ),
    "evidence_unreadable": _(
        "We couldn’t open this file; it may be damaged. Take the photo again or save "
        "the PDF again, then send it."
    ),
    "evidence_encrypted": _(
        "This PDF is locked with a password. Send a copy without a password or photos of its pages."
    ),
    "evidence_too_many": _("We accept up to %(most)s files per email."),
    "evidence_too_many_held": _(
        "%(most)s files are waiting to be sent. Send or remove some of them first."
    ),
    "evidence_gone": _("A file you chose is no longer here. Choose it again."),
    "evidence_already_sent": _("You already sent this file on %(at)s."),
    "evidence_already_there": _("This file has been in the case since %(at)s."),
    "evidence_twice": _("It’s the same file as “%(first)s”, so we saved it once."),
    "evidence_not_stored": _("We couldn’t save this file. Try again in a few minutes."),
}


def in_words(code: str, params: Mapping[str, Any]) -> str:
    """For a refusal stored as its code, in the reader's language and time zone."""
    if at := params.get("at"):
        params = {**params, "at": moment(datetime.fromisoformat(at))}
    return str(MESSAGES.get(code, MESSAGES["evidence_unreadable"])) % params


def refusal(code: str, **params: int) -> ValidationError:
    """The error to raise; `params` fill the placeholders of the message with that code."""
    return ValidationError(MESSAGES[code], code=code, params=params)
