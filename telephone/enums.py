"""Codes of a call. Their values are those of the format that telephone systems post."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(TextChoices):
    INBOUND = "in", pgettext_lazy("phone call", "Inbound")
    OUTBOUND = "out", pgettext_lazy("phone call", "Outbound")


class EventKind(TextChoices):
    NEW_CALL = "newCall", pgettext_lazy("phone call", "Rang")
    ANSWER = "answer", pgettext_lazy("phone call", "Answered")
    HANGUP = "hangup", pgettext_lazy("phone call", "Ended")


class CallState(TextChoices):
    RINGING = "ringing", pgettext_lazy("phone call", "Ringing")
    ANSWERED = "answered", pgettext_lazy("phone call", "In progress")
    ENDED = "ended", pgettext_lazy("phone call", "Answered")
    MISSED = "missed", pgettext_lazy("phone call", "Missed")
    UNREACHED = "unreached", pgettext_lazy("phone call", "No answer")


class EndCause(TextChoices):
    NORMAL = "normalClearing", _("Someone hung up")
    BUSY = "busy", _("The line was busy")
    CANCEL = "cancel", _("The caller hung up before anyone answered")
    NO_ANSWER = "noAnswer", _("No one answered")
    CONGESTION = "congestion", _("The phone couldn’t be reached")
    NOT_FOUND = "notFound", _("The number doesn’t exist")
    FORWARDED = "forwarded", _("Forwarded to another number")
    OTHER = "other", _("Ended for another reason")
