"""Which script a kind of case needs. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from cases.enums import CaseKind, ScriptSituation

OF_KIND: Mapping[CaseKind, ScriptSituation] = {
    CaseKind.LATE_PAYMENT: ScriptSituation.PAYMENTS,
    CaseKind.CHARGE_DISPUTE: ScriptSituation.DISPUTE,
    CaseKind.CHARGE_QUESTION: ScriptSituation.DISPUTE,
    CaseKind.FRAUD: ScriptSituation.DISPUTE,
    CaseKind.RETURN: ScriptSituation.RETURN,
    CaseKind.EXCHANGE: ScriptSituation.RETURN,
    CaseKind.DEFECTIVE: ScriptSituation.RETURN,
    CaseKind.NON_DELIVERY: ScriptSituation.RETURN,
    CaseKind.PAYMENT: ScriptSituation.PAYMENTS,
    CaseKind.STATEMENT: ScriptSituation.PAYMENTS,
    CaseKind.BUYOUT: ScriptSituation.PAYMENTS,
    CaseKind.CANCELLATION: ScriptSituation.PAYMENTS,
    CaseKind.OTHER: ScriptSituation.OPENING,
}


def kinds_of(situation: ScriptSituation) -> list[CaseKind]:
    return [kind for kind, its in OF_KIND.items() if its == situation]
