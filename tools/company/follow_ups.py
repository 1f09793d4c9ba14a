"""What is planned for the demo's cases: mails and calls for this week and next."""

from __future__ import annotations

from datetime import datetime

from accounts.enums import Language
from accounts.models import User
from cases import actions
from cases.enums import CaseStatus, Channel, FollowUpRule, FollowUpText
from cases.models import Case

WORDS: dict[str, str] = {
    Language.SPANISH: (
        "¿Pudo revisar lo que le enviamos? Si le falta algo, llámenos o responda a este correo."
    ),
    Language.ENGLISH: (
        "Were you able to look at what we sent you? If anything is missing, call or reply."
    ),
}


def plan(case: Case, *, by: User, now: datetime) -> None:
    if not case.is_active:
        return
    days, words = case.pk % 6 + 1, WORDS[case.person.language]
    if case.status == CaseStatus.WAITING_STORE:
        on = actions.set_follow_up(
            case=case, rule=FollowUpRule.BUSINESS_DAYS, days=days,
            channel=Channel.PHONE, by=by, now=now,
        ).on  # fmt: skip
        actions.set_follow_up(
            case=case, rule=FollowUpRule.STORE_SILENT, on=on, template=FollowUpText.STATUS_CHANGED,
            by=by, now=now,
        )  # fmt: skip
    elif case.pk % 3:
        actions.set_follow_up(
            case=case, rule=FollowUpRule.BUSINESS_DAYS, days=days, message=words, by=by, now=now
        )
    else:
        actions.set_follow_up(
            case=case, rule=FollowUpRule.WINDOW_ENDS, channel=Channel.PHONE, by=by, now=now
        )
