from mail.models.email import Email
from mail.models.email_template import EmailTemplate
from mail.models.mail_channel import MailChannel
from mail.models.mail_link import MailLink
from mail.models.mailbox_state import MailboxState
from mail.models.suppressed_address import SuppressedAddress
from mail.models.versioned_text import VersionedText

__all__ = [
    "Email",
    "EmailTemplate",
    "MailChannel",
    "MailLink",
    "MailboxState",
    "SuppressedAddress",
    "VersionedText",
]
