"""A reply to a mail in the demo's inbox, as a mail program writes it."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr

from django.utils import timezone

from accounts.enums import Language
from tools.inbox import Message

_WROTE: dict[str, str] = {
    Language.SPANISH: "El {day:%d/%m/%Y} a las {day:%H:%M}, <{sender}> escribió:",
    Language.ENGLISH: "On {day:%m/%d/%Y} at {day:%H:%M}, <{sender}> wrote:",
}


def written(mail: Message, text: str) -> bytes:
    answer = EmailMessage()
    answer["From"] = ", ".join(mail.recipients)
    answer["To"] = mail.reply_to
    answer["Subject"] = f"Re: {mail.subject}"
    answer["Date"] = format_datetime(timezone.now())
    answer["Message-ID"] = make_msgid(domain="inbox.example")
    answer["In-Reply-To"] = answer["References"] = mail.message_id
    wrote = _WROTE.get(mail.language, _WROTE[Language.ENGLISH])
    quoted = "\n".join(f"> {line}".rstrip() for line in mail.text.splitlines())
    attribution = wrote.format(day=mail.received_at, sender=parseaddr(mail.author)[1])
    answer.set_content(f"{text}\n\n{attribution}\n\n{quoted}\n")
    return answer.as_bytes()
