"""Mails the provider received for us, at one address for every provider."""

from __future__ import annotations

import logging
from email.message import Message
from email.policy import compat32
from typing import Any

from anymail.signals import AnymailInboundEvent, EventType, inbound
from anymail.utils import get_request_basic_auth
from django.conf import settings
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cases import actions
from cases.enums import InboundSource
from cases.views.provider_views import provider_view
from mail.inbound.head import read_head

log = logging.getLogger(__name__)

TOO_LARGE = 413


@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def mail_in(request: HttpRequest) -> HttpResponse:
    """Only with ANYMAIL_WEBHOOK_SECRET (name:password), checked before any of the mail is read."""
    secret = settings.ANYMAIL.get("WEBHOOK_SECRET")
    if not settings.INBOUND_PROVIDER or not secret:
        raise Http404
    if request.method == "HEAD":  # some check whether the address exists
        return HttpResponse()
    if not constant_time_compare(get_request_basic_auth(request) or "", secret):
        return HttpResponseForbidden()
    # As base64 a mail is a third longer, and some send it both whole and in parts. Of one beyond
    # INBOUND_MAX_BYTES only the headers are kept; this limit is for what no mail explains.
    longest = settings.INBOUND_MAX_BYTES * 3
    if int(request.META.get("CONTENT_LENGTH") or 0) > longest:
        return HttpResponse(status=TOO_LARGE)
    if request.content_type == "application/json":  # others send files as files
        request._body = request.read(longest)  # past the limit of our own forms
    answer: HttpResponse = provider_view(settings.INBOUND_PROVIDER, "Inbound").as_view()(request)
    return answer


@receiver(inbound, dispatch_uid="cases.mail_in")
def _came(event: AnymailInboundEvent, **kwargs: Any) -> None:
    """What raises is answered with 500: the provider tries again."""
    if event.event_type != EventType.INBOUND:
        log.warning("mail_in_failed_at_provider type=%s", event.event_type)
        return
    mail = event.message
    to = [mail.envelope_recipient] if mail.envelope_recipient else []
    raw = _raw(mail, event.esp_event)
    is_whole = len(raw) <= settings.INBOUND_MAX_BYTES
    actions.receive_mail(
        actions.Arrived(
            raw=raw if is_whole else raw[: read_head(raw).end],
            size=None if is_whole else len(raw),
            source=InboundSource.WEBHOOK,
            now=timezone.now(),
            envelope_to=to,
            envelope_from=mail.envelope_sender,
        )
    )


def _raw(mail: Message, posted: object) -> bytes:
    """As it came, as closely as the provider reported it."""
    for policy in (None, compat32):
        try:
            return mail.as_bytes() if policy is None else mail.as_bytes(policy=policy)
        except Exception as error:  # malformed mails break the writer in many ways
            log.warning("mail_in_not_written error=%s", type(error).__name__)
    return repr(posted).encode("utf-8", "replace")  # someone will make sense of it
