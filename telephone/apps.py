from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TelephoneConfig(AppConfig):
    name = "telephone"
    verbose_name = _("Telephone")
