"""A script as an agent would read it, of a case that doesn't exist: for who writes it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from accounts.enums import Language
from accounts.models import User
from cases import numbers
from cases.mails.base import portal_link
from cases.scripts.placeholders import filled
from common.company_day import business_day
from common.formats import day

NUMBER = "260001233"


def filled_sample(text: str, language: str, *, by: User, now: datetime) -> str:
    """A text that can't be filled in is shown as it was typed: saving it says what's wrong."""
    with translation.override(language):
        try:
            return filled(text, _words(language, by, now))
        except (KeyError, ValidationError):
            return text


def _words(language: str, by: User, now: datetime) -> dict[str, str]:
    today = business_day(now)
    return {
        "customer_name": "Carla Peña",
        "agent_name": by.name,
        "company": settings.COMPANY_NAME,
        "case_number": numbers.shown(NUMBER),
        "account_number": "104477312",
        "merchant": "Luna San Antonio",
        "store": "Mueblería Luna",
        "merchandise": "Sofá" if language == Language.SPANISH else "Sofa",
        "signed_day": day(today - timedelta(days=40)),
        "delivered_day": day(today - timedelta(days=35)),
        "today": day(today),
        "due_day": day(today + timedelta(days=3)),
        "email": "carla@example.com",
        "portal_link": portal_link(NUMBER),
    }
