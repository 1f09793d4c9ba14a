"""Who gets a mail in the place of the customer it was written to.

The room above knows which customers an attorney speaks for, and registers it here. It's asked at
the last moment, because a mail may wait for hours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mail.models import Email


class Recipient(NamedTuple):
    to: str  # empty: there's no address we may write to
    care_of: str = ""  # the attorney's name, if it has to go to them
    language: str = ""  # theirs; empty: as the mail was written
    why: str = ""  # there's no address, if not for one of the usual reasons


class Recipients:
    def instead(self, mail: Email) -> Recipient | None:
        """None: the one it's addressed to."""
        return None


#: Why no one can get a mail: the attorney who has to, or whoever it's for, has no address, the
#: attorney's letter isn't here, or the address may be someone else's. Kept as its error.
ATTORNEY = "attorney"
LETTER = "attorney_letter"
NO_ADDRESS = "no_address"
DOUBTED = "doubted"

_registered = Recipients()


def register_recipients(of: Recipients) -> None:
    global _registered
    _registered = of


def registered() -> Recipients:
    return _registered


def due_recipient(mail: Email) -> Recipient:
    """Who has to get this mail, as things are now."""
    now = Recipient(mail.to, mail.care_of)
    if mail.is_test or not mail.kind.through_attorney:
        return now
    return registered().instead(mail) or now
