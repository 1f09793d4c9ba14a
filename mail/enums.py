from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class EmailState(TextChoices):
    PENDING = "pending", pgettext_lazy("mail state", "Waiting to be sent")
    CLAIMED = "claimed", pgettext_lazy("mail state", "About to send")
    SENDING = "sending", pgettext_lazy("mail state", "Sending")
    SENT = "sent", pgettext_lazy("mail state", "Sent")
    FAILED = "failed", pgettext_lazy("mail state", "Not delivered")
    UNCERTAIN = "uncertain", pgettext_lazy("mail state", "Delivery unknown")
    # The reason for it was gone before it was sent.
    WITHDRAWN = "withdrawn", pgettext_lazy("mail state", "Withdrawn")


class Settlement(TextChoices):
    """What a supervisor decided about an uncertain mail."""

    ARRIVED = "arrived", pgettext_lazy("mail settlement", "Delivered")
    RESENT = "resent", pgettext_lazy("mail settlement", "Resent")
    DROPPED = "dropped", pgettext_lazy("mail settlement", "No longer needed")


class SuppressionReason(TextChoices):
    BOUNCED = "bounced", pgettext_lazy("address", "Doesn’t exist or rejects email")
    COMPLAINED = "complained", pgettext_lazy("address", "Our email was reported as spam")


class ParkReason(TextChoices):
    """Why a mail didn't become an entry on its own."""

    NO_CASE = "no_case", pgettext_lazy("inbound mail", "Not a reply to one of our emails")
    SEVERAL = "several", pgettext_lazy("inbound mail", "Sent to several cases")
    STRANGER = (
        "stranger",
        pgettext_lazy("inbound mail", "Sender isn’t the customer on the case"),
    )
    UNVERIFIED = "unverified", pgettext_lazy("inbound mail", "Sender not confirmed")
    EXPIRED = "expired", pgettext_lazy("inbound mail", "Sent to an address that has expired")
    BOUNCE = "bounce", pgettext_lazy("inbound mail", "Delivery report")
    AUTOMATIC = "automatic", pgettext_lazy("inbound mail", "Automatic reply")
    OWN = "own", pgettext_lazy("inbound mail", "One of our own emails")
    TOO_MANY = "too_many", pgettext_lazy("inbound mail", "Too many emails from this sender")
    UNREADABLE = "unreadable", pgettext_lazy("inbound mail", "Couldn’t be read")
    EMPTY = "empty", pgettext_lazy("inbound mail", "Empty email")
