from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from cases.queries.mail_state import MailState, mail_state


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, with `Authorization: Bearer` METRICS_TOKEN; without a token the page doesn't
    exist.

    Never includes sent or withdrawn mails: counting them would read the whole table at every
    scrape.
    """
    expected = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, expected):
        raise Http404
    now = timezone.now()
    text = "\n".join(_lines(mail_state(now), now)) + "\n"
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _lines(state: MailState, now: datetime) -> Iterator[str]:
    waited = state.outbox.oldest_due.total_seconds() if state.outbox.oldest_due else 0
    yield "# TYPE puente_outbox_oldest_due_seconds gauge"
    yield f"puente_outbox_oldest_due_seconds {waited:.0f}"
    yield "# TYPE puente_follow_ups_late gauge"
    yield f"puente_follow_ups_late {state.follow_ups_late}"
    yield "# TYPE puente_outbox_mails gauge"
    for name, count in state.outbox.states.items():
        yield f'puente_outbox_mails{{state="{name}"}} {count}'
    yield "# TYPE puente_outbox_failed_last_day gauge"
    yield f"puente_outbox_failed_last_day {state.outbox.failed_lately}"
    yield "# TYPE puente_outbox_channels_paused gauge"
    yield f"puente_outbox_channels_paused {len(state.outbox.channels)}"
    yield "# TYPE puente_suppressed_addresses gauge"
    yield f"puente_suppressed_addresses {state.outbox.suppressed}"
    yield "# TYPE puente_inbound_parked gauge"
    yield f"puente_inbound_parked {state.parked}"
    if (mailbox := state.inbound) is None:
        return
    yield "# TYPE puente_inbound_failing gauge"
    yield f"puente_inbound_failing {mailbox.is_failing:d}"
    yield "# TYPE puente_inbound_stuck gauge"
    yield f"puente_inbound_stuck {mailbox.stuck}"
    if mailbox.fetched_at:
        yield "# TYPE puente_inbound_last_fetched_seconds gauge"
        ago = (now - mailbox.fetched_at).total_seconds()
        yield f"puente_inbound_last_fetched_seconds {ago:.0f}"
