"""Who calls: the key, its rate limit, and the format it speaks."""

from __future__ import annotations

from math import ceil
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.limits import take
from accounts.paces import API_KEY
from accounts.sign_in.tries import of_network
from leases.actions.use_api_key import known_key, use_api_key
from leases.api.problems import Problem
from leases.models import ApiKey

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Puente"'}
WRONG_KEY = {"WWW-Authenticate": 'Bearer realm="Puente", error="invalid_token"'}


class Key:
    """Ninja's authentication; what it raises is answered before the body is read."""

    openapi_security_schema: ClassVar[dict[str, Any]] = {
        "type": "http",
        "scheme": "bearer",
        "description": "`Authorization: Bearer <prefix>.<secret>`, as shown when you created it.",
    }

    def __call__(self, request: HttpRequest) -> ApiKey:
        scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Problem("unauthorized", headers=CHALLENGE)
        key = known_key(sent.strip())
        if key is None:
            # Counted together with the attempts to sign in.
            now = timezone.now()
            opens_at = take(of_network("api_key", API_KEY, request=request), now=now)
            if opens_at is not None:
                wait = max(1, ceil((opens_at - now).total_seconds()))
                raise Problem("rate_limited", headers={"Retry-After": str(wait)})
            raise Problem("unauthorized", headers=WRONG_KEY)
        usage = use_api_key(key=key, limit=settings.API_RATE_PER_MINUTE, now=timezone.now())
        request.api_usage = usage  # type: ignore[attr-defined]
        if usage.is_over:
            raise Problem("rate_limited", headers={"Retry-After": str(usage.seconds)})
        if request.method == "POST" and request.content_type != "application/json":
            raise Problem("unsupported_media_type", headers={"Accept-Post": "application/json"})
        return key
