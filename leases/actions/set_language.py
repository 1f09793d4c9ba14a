from __future__ import annotations

from leases.enums import LanguageSource
from leases.models import Customer


def set_language(*, customer: Customer, language: str, source: str) -> None:
    """The language a customer is written and spoken to from now on.

    The portal follows, unless the customer chose another language there.
    """
    if customer.language == language and customer.language_source == source:
        return
    in_portal = source == LanguageSource.PORTAL  # for the portal's own language switch
    before = customer.language
    customer.language = language
    customer.language_source = source
    customer.save(update_fields=["language", "language_source"])  # locked before their sign-in
    if customer.user.language == before and not in_portal:
        customer.user.language = language
        customer.user.save(update_fields=["language"])
