"""What the mail provider tells us, at one address for every provider."""

from __future__ import annotations

from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.conf import settings
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cases import actions
from cases.views.provider_views import provider_view
from mail.enums import SuppressionReason
from mail.outbound.provider import EMAIL

#: The address itself is wrong; anything else may be about us or about one mail.
_ABOUT_THE_ADDRESS = {RejectReason.INVALID, RejectReason.BOUNCED}


@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def mail_events(request: HttpRequest) -> HttpResponse:
    """Only with ANYMAIL_WEBHOOK_SECRET (name:password), which anymail requires of the provider."""
    if not settings.MAIL_PROVIDER or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    if request.method == "HEAD":  # some check whether the address exists
        return HttpResponse()
    answer: HttpResponse = provider_view(settings.MAIL_PROVIDER, "Tracking").as_view()(request)
    return answer


@receiver(tracking, dispatch_uid="cases.mail_events")
def _told(event: AnymailTrackingEvent, **kwargs: Any) -> None:
    if event.event_type == EventType.COMPLAINED:
        reason = SuppressionReason.COMPLAINED
    elif event.event_type not in {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}:
        return
    elif event.reject_reason in _ABOUT_THE_ADDRESS:
        reason = SuppressionReason.BOUNCED
    else:
        reason = None
    actions.provider_report(
        email_id=str((event.metadata or {}).get(EMAIL, "")),
        remote_id=event.message_id or "",
        address=event.recipient or "",
        reason=reason if event.recipient else None,
        error=f"provider {event.event_type} {event.reject_reason or ''}".strip(),
        now=timezone.now(),
    )
