"""What a mail says besides its text when an attorney gets it in their client's place. Texts are
written to the customer, and edited so: the greeting says whose they are.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import pgettext


def greeting() -> list[str]:
    """Paragraphs with placeholders, in place of the text's own."""
    return [
        pgettext("mail to an attorney", "Hello {attorney},"),
        pgettext(
            "mail to an attorney",
            "We’re writing about your client, {customer_name}. We send you what would otherwise go "
            "to them, so “you” means your client.",
        ),
    ]


def subject(subject: str, words: Mapping[str, str]) -> str:
    told = pgettext("mail to an attorney", "Your client %(name)s: %(subject)s")
    return told % {"name": words.get("customer_name", ""), "subject": subject}


def why_sent(words: Mapping[str, str]) -> str:
    told = pgettext("why a mail is sent", "We’re writing to you because you represent %(name)s.")
    return told % {"name": words.get("customer_name", "")}
