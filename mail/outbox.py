"""The outbox: a mail is a row before it is a mail. See docs/decisions/0003-outbox.md.

enqueue.py writes the row, nudge.py rings, claim.py says whose turn it is, drain.py sends over
channel.py, answers.py judges what comes back, backoff.py says when to try again, policy.py what
becomes of a mail that may have arrived. breaker.py leaves a server alone that fails us; cap.py,
hours.py and suppression.py hold single mails back.
"""

from mail.outbound.drain import Drained, drain
from mail.outbound.enqueue import NewMail, enqueue, enqueue_all

__all__ = ["Drained", "NewMail", "drain", "enqueue", "enqueue_all"]
