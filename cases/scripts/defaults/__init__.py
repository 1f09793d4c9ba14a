"""The scripts until an administrator edits them.

Lines in parentheses are for the agent only. Email scripts go into a message; the mail around it
starts with a greeting and ends with the case and the company.
"""

from __future__ import annotations

from cases.scripts.defaults import calling_back, everyday, lease, money, rights

TEXTS: dict[tuple[str, str], dict[str, str]] = {
    (situation, medium.value): {"body_en": english, "body_es": spanish}
    for situation, medium, english, spanish in (
        *everyday.SCRIPTS,
        *calling_back.SCRIPTS,
        *lease.SCRIPTS,
        *money.SCRIPTS,
        *rights.SCRIPTS,
    )
}
