"""The mail providers Puente can send through, and the settings each needs. Pure.

Name → the variables that must be set, without `ANYMAIL_`. django-anymail's other providers work as
they are.
"""

from __future__ import annotations

from collections.abc import Mapping

Needed = Mapping[str, tuple[str, ...]]

SENDING: Needed = {
    "brevo": ("BREVO_API_KEY",),
    "mailersend": ("MAILERSEND_API_TOKEN",),
    "mailgun": ("MAILGUN_API_KEY", "MAILGUN_SENDER_DOMAIN"),
    "mailjet": ("MAILJET_API_KEY", "MAILJET_SECRET_KEY"),
    "mandrill": ("MANDRILL_API_KEY",),
    "postal": ("POSTAL_API_KEY", "POSTAL_API_URL"),
    "postmark": ("POSTMARK_SERVER_TOKEN",),
    "resend": ("RESEND_API_KEY",),
    "sparkpost": ("SPARKPOST_API_KEY",),
}

#: How the provider signs the events it sends to /mail-events/.
EVENTS: Needed = dict.fromkeys(SENDING, ()) | {
    "mailersend": ("MAILERSEND_SIGNING_SECRET",),
    # Without it, anymail tries the sending key, which only old accounts sign with.
    "mailgun": ("MAILGUN_WEBHOOK_SIGNING_KEY",),
    "mandrill": ("MANDRILL_WEBHOOK_KEY",),
    "postal": ("POSTAL_WEBHOOK_KEY",),
}

#: How the provider signs the mails it delivers to /mail-in/, and what fetches their files.
INBOUND: Needed = dict.fromkeys(SENDING, ()) | {
    "brevo": ("BREVO_API_KEY",),
    "mailersend": ("MAILERSEND_INBOUND_SECRET",),
    "mailgun": ("MAILGUN_WEBHOOK_SIGNING_KEY",),
    "mandrill": ("MANDRILL_WEBHOOK_KEY",),
    "postal": ("POSTAL_WEBHOOK_KEY",),
    "resend": ("RESEND_API_KEY",),
}
