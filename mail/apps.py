from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mail import kinds


class MailConfig(AppConfig):
    name = "mail"
    verbose_name = _("Email")

    def ready(self) -> None:
        kinds.discover("mail.sign_in")
