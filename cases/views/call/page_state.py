from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cases.forms import DiscardForm
from cases.forms.call import AddCallForm, TakeOverForm
from cases.forms.caller import VerificationForm
from cases.queries.call_windows import WindowText


class JustAsked(NamedTuple):
    """What one button asked for, or took back."""

    labels: Sequence[str]
    is_taken_back: bool


@dataclass(frozen=True, kw_only=True)
class CallPageState:
    """What the page of a call shows beside the call itself."""

    part: str = ""  # of the page, for htmx; empty for all of it
    follows: bool = False  # it just took the customer's language
    fills: bool = False  # what is known of the attorney who calls was just filled in or taken back
    beside: Sequence[WindowText] = ()  # what other windows have
    is_ending: bool = False  # looked at before the call ends
    #: Whose call they came back to, empty if no one's yet; None if they didn't come back.
    continued: str | None = None
    waiting: str = ""  # who was typed in and not looked for
    just_asked: JustAsked | None = None
    hand: str = ""  # where it goes on (cases/views/call/hand.py)

    # the form that was refused, with what was typed
    discard: DiscardForm | None = None
    taking: TakeOverForm | None = None
    adding: AddCallForm | None = None
    verifying: VerificationForm | None = None
