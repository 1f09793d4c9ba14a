from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class EmailState(TextChoices):
    PENDING = "pending", pgettext_lazy("mail state", "Waiting to be sent")
    CLAIMED = "claimed", pgettext_lazy("mail state", "About to be sent")
    SENDING = "sending", pgettext_lazy("mail state", "Being sent")
    SENT = "sent", pgettext_lazy("mail state", "Sent")
    FAILED = "failed", pgettext_lazy("mail state", "Not delivered")
    UNCERTAIN = "uncertain", pgettext_lazy("mail state", "Uncertain")
    # Its reason was gone before it was sent.
    WITHDRAWN = "withdrawn", pgettext_lazy("mail state", "Withdrawn")


class Settlement(TextChoices):
    """What a supervisor decided about an uncertain mail."""

    ARRIVED = "arrived", pgettext_lazy("mail settlement", "It arrived")
    RESENT = "resent", pgettext_lazy("mail settlement", "Sent again")
    DROPPED = "dropped", pgettext_lazy("mail settlement", "Not needed any more")


class SuppressionReason(TextChoices):
    BOUNCED = "bounced", pgettext_lazy("address", "It does not exist or refuses mail")
    COMPLAINED = "complained", pgettext_lazy("address", "Our mail was reported as unwanted")


class ParkReason(TextChoices):
    """Why a mail did not become an entry by itself."""

    NO_CASE = "no_case", pgettext_lazy("inbound mail", "It answers no mail of ours")
    SEVERAL = "several", pgettext_lazy("inbound mail", "It was sent to several cases")
    STRANGER = (
        "stranger",
        pgettext_lazy("inbound mail", "The sender is not the customer of the case"),
    )
    UNVERIFIED = "unverified", pgettext_lazy("inbound mail", "Nothing confirms who sent it")
    EXPIRED = "expired", pgettext_lazy("inbound mail", "The address it was sent to has expired")
    BOUNCE = "bounce", pgettext_lazy("inbound mail", "Delivery report")
    AUTOMATIC = "automatic", pgettext_lazy("inbound mail", "Automatic answer")
    OWN = "own", pgettext_lazy("inbound mail", "One of our own mails")
    TOO_MANY = "too_many", pgettext_lazy("inbound mail", "Too many mails from this sender")
    UNREADABLE = "unreadable", pgettext_lazy("inbound mail", "It could not be read")
    EMPTY = "empty", pgettext_lazy("inbound mail", "It says nothing")
