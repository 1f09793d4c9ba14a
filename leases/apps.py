from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mail import kinds


class LeasesConfig(AppConfig):
    name = "leases"
    verbose_name = _("Leases")

    def ready(self) -> None:
        kinds.discover("leases.mails")
