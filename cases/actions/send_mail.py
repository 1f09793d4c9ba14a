from __future__ import annotations

from functools import partial

from cases.actions.bounces import bounced
from cases.mail import outbox

#: Send what is due, and tell the cases of addresses that take no mail; see `outbox.drain`.
send_mail = partial(outbox.drain, bounced=bounced)
