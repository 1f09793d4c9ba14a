"""What several answers in a row say that a single one doesn't.

One 421 ends a connection; one 550 is about an address. The same answer again and again, with
nothing accepted in between, is about the server or about us: then nothing more is tried at the
mails' cost.
"""

from __future__ import annotations

from dataclasses import replace

from mail.addresses import folded
from mail.answers import Answer, Outcome
from mail.models import Email
from mail.outbound import breaker
from mail.outbound.breaker import Permit

#: After being turned away this often in a row, we leave the server alone.
TURNED_AWAY = 3
#: We believe this many refused addresses in a row. A lower limit would stop all mail for a few
#: mistyped addresses; a higher one would cut off more customers when a relay stops accepting us.
BELIEVED = 3


class Streak:
    """Stored with the channel, because a sender often has one mail; several at once may go over."""

    def __init__(self, name: str, permit: Permit) -> None:
        self._name, self._is_probe = name, permit.is_probe
        self._failures, self._refused = permit.failures, list(permit.refused)

    def weigh(self, mail: Email, answer: Answer) -> Answer:
        """The answer, or what it means after the ones before it."""
        if answer.refuses_recipient:
            return self._refusal(mail, answer)
        if answer.turns_us_away:
            return self._turned_away(answer)
        if answer.takes_recipient and (self._failures or self._refused):
            self._failures, self._refused = 0, []
            breaker.served(self._name)
        return answer

    def _turned_away(self, answer: Answer) -> Answer:
        if self._is_probe or self._failures + 1 >= TURNED_AWAY:
            return replace(answer, outcome=Outcome.AWAY)
        self._failures += 1
        breaker.turned_away(self._name, self._failures)
        return answer

    def _refusal(self, mail: Email, answer: Answer) -> Answer:
        """A refusal that is about us keeps the mail, until the server has accepted others and not
        this one.
        """
        address = folded(mail.to)
        is_new = address not in self._refused
        if is_new and len(self._refused) <= BELIEVED:
            self._refused.append(address)
            breaker.refused(self._name, self._refused)
        if len(self._refused) > BELIEVED:
            return replace(answer, outcome=Outcome.REFUSING)
        if answer.is_about_us and not (is_new and mail.attempts > 1):
            return replace(answer, outcome=Outcome.LATER)
        return answer
