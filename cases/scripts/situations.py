"""Which script a kind of case asks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from cases.enums import Kind, ScriptSituation

OF_KIND: Mapping[Kind, ScriptSituation] = {
    Kind.LATE_PAYMENT: ScriptSituation.PAYMENTS,
    Kind.CHARGE_DISPUTE: ScriptSituation.DISPUTE,
    Kind.CHARGE_QUESTION: ScriptSituation.DISPUTE,
    Kind.FRAUD: ScriptSituation.DISPUTE,
    Kind.RETURN: ScriptSituation.RETURN,
    Kind.EXCHANGE: ScriptSituation.RETURN,
    Kind.DEFECTIVE: ScriptSituation.RETURN,
    Kind.NON_DELIVERY: ScriptSituation.RETURN,
    Kind.PAYMENT: ScriptSituation.PAYMENTS,
    Kind.STATEMENT: ScriptSituation.PAYMENTS,
    Kind.BUYOUT: ScriptSituation.PAYMENTS,
    Kind.CANCELLATION: ScriptSituation.PAYMENTS,
    Kind.OTHER: ScriptSituation.OPENING,
}


def kinds_of(situation: ScriptSituation) -> list[Kind]:
    return [kind for kind, its in OF_KIND.items() if its == situation]
