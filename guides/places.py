"""Which guide helps on which page: the header's link leads there."""

from __future__ import annotations

from fnmatch import fnmatchcase

#: Names of views, or patterns of them → the guide about them. The first match counts.
PLACES: dict[str, str] = {
    "find": "search",
    "call*": "calls",
    "phone_*": "phone",
    "case_file*": "proof",
    "case_unreadable": "proof",
    "case*": "cases",
    "queue": "cases",
    "correspondence_text*": "texts",
    "correspondence_script*": "texts",
    "correspondence_follow_ups": "agreements",
    "correspondence*": "email",
    "lease_review": "merchant-services",
    "lease_sche*": "money",
    "lease_statement*": "money",
    "lease_payments": "money",
    "lease_plan*": "money",
    "lease_autopay*": "money",
    "lease_buyout": "money",
    "lease_quote*": "money",
    "lease_purchase": "money",
    "open_returns": "returns",
    "return_closing": "returns",
    "monitoring": "supervisors",
    "worklist": "supervisors",
    "admin:leases_lease_import*": "imports",
    "admin:leases_apikey*": "keys",
    "admin:leases_webhook*": "keys",
    "admin:cases_casekind*": "reasons",
    "admin:cases_kindquestion*": "reasons",
    "admin:cases_evidenceslot*": "reasons",
    "admin:cases_caseoutcome*": "reasons",
    "admin:cases_scriptsituation*": "reasons",
    "admin:leases_store*": "stores",
    "admin:leases_merchant_*": "stores",
    "admin:leases_program*": "stores",
    "admin:leases_staterule*": "stores",
    "admin:accounts_user*": "people",
    "admin:accounts_secondstep*": "people",
}


def guide_for(view: str) -> str | None:
    return next((guide for name, guide in PLACES.items() if fnmatchcase(view, name)), None)
