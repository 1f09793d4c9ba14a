"""Mail providers Puente can hand mails to, and what each has to be told. Pure.

Name → the variables that must be set, without `ANYMAIL_`. Others of django-anymail's are taken over
as they are.
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

#: Of what it tells at /mail-events/: how it signs that.
EVENTS: Needed = dict.fromkeys(SENDING, ()) | {
    "mailersend": ("MAILERSEND_SIGNING_SECRET",),
    # Without it anymail tries the key for sending, which only old accounts sign with.
    "mailgun": ("MAILGUN_WEBHOOK_SIGNING_KEY",),
    "mandrill": ("MANDRILL_WEBHOOK_KEY",),
    "postal": ("POSTAL_WEBHOOK_KEY",),
}

#: Of mails it hands in at /mail-in/: how it signs them, and what fetches their files.
INBOUND: Needed = dict.fromkeys(SENDING, ()) | {
    "brevo": ("BREVO_API_KEY",),
    "mailersend": ("MAILERSEND_INBOUND_SECRET",),
    "mailgun": ("MAILGUN_WEBHOOK_SIGNING_KEY",),
    "mandrill": ("MANDRILL_WEBHOOK_KEY",),
    "postal": ("POSTAL_WEBHOOK_KEY",),
    "resend": ("RESEND_API_KEY",),
}
