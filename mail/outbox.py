"""The outbox: a mail is a row before it is a mail. See docs/decisions/0003-outbox.md.

In mail/outbound, enqueue.py writes the row, nudge.py wakes the worker, claim.py says whose turn it
is, drain.py sends over channel.py, policy.py decides about mails that may have arrived; breaker.py
leaves a failing server alone; cap.py, suppression.py and each kind's `goes_at` hold single mails
back. In mail, answers.py judges what a server answers and backoff.py says when to try again.
"""

from mail.outbound.drain import Drained, drain
from mail.outbound.enqueue import NewMail, enqueue, enqueue_all

__all__ = ["Drained", "NewMail", "drain", "enqueue", "enqueue_all"]
