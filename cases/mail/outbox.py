"""The outbox: a mail is a row before it is a mail. See docs/decisions/0003-outbox.md.

enqueue.py writes the row, nudge.py rings, claim.py says whose turn it is, drain.py sends over
channel.py, backoff.py says when to try again.
"""

from cases.mail.drain import Drained, drain
from cases.mail.enqueue import enqueue

__all__ = ["Drained", "drain", "enqueue"]
