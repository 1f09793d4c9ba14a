from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """What the frame of every page needs."""
    return {
        "company_name": settings.COMPANY_NAME,
        "languages": [("en", "English"), ("es", "Español")],
        "demo": settings.DEMO,
    }
