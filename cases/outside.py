"""By when an outside agency wants an answer. Pure. These days never pause, and aren't legal advice.

Sources: the CFPB's company portal manual (15 calendar days from being sent to the company), the
BBB's complaint procedure (14 calendar days), 12 CFR 1022.43(e) with 15 U.S.C. 1681i(a)(1) (30 days
for a direct dispute, 15 more if the consumer adds information within them), the state laws on
personal data (45 days from the request, as in California's Civil Code 1798.130(a)(2), unless the
state's rule says otherwise), and the customers' guide (a letter names its own term, for example 14
business days).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from cases.enums import OutsideBody
from common.business_days import add_business_days

#: The days before the last one on which we warn, and the last day itself.
WARN_AHEAD = 3


class Term(NamedTuple):
    days: int
    business: bool = False


#: An attorney general's letter names its own day.
TERMS: Mapping[OutsideBody, Term] = {
    OutsideBody.CFPB: Term(15),
    OutsideBody.BBB: Term(14),
    OutsideBody.CREDIT_BUREAU: Term(30),
    OutsideBody.LETTER: Term(14, business=True),
    OutsideBody.DATA_REQUEST: Term(45),
}
#: Days more, once, if more information arrives while the first term runs.
MORE: Mapping[OutsideBody, int] = {OutsideBody.CREDIT_BUREAU: 15}


def due_on(body: str, received_on: date) -> date | None:
    """The last day for the answer if nothing else is named; None if a day must be named."""
    term = TERMS.get(OutsideBody(body))
    if term is None:
        return None
    if term.business:
        return add_business_days(received_on, term.days)
    return received_on + timedelta(days=term.days)


def takes_more(body: str, received_on: date, arrived_on: date) -> bool:
    """Whether information that arrived then gives more time: within the first term."""
    if body not in MORE:
        return False
    last = received_on + timedelta(days=TERMS[OutsideBody(body)].days)
    return received_on <= arrived_on <= last


def extended(body: str, due_on: date) -> date:
    """The last day once more information arrived. KeyError for a body that gives no more time."""
    return due_on + timedelta(days=MORE[OutsideBody(body)])
