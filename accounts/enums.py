"""Who a person is here, and which languages Puente speaks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    AGENT = "agent", pgettext_lazy("role", "Agent")
    SUPERVISOR = "supervisor", pgettext_lazy("role", "Supervisor")
    MERCHANT_SERVICES = "merchant_services", pgettext_lazy("role", "Merchant services")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "Administrator")
    CUSTOMER = "customer", pgettext_lazy("role", "Customer")


class Language(TextChoices):
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")


class SignInKind(TextChoices):
    CODE = "code"
    PASSWORD = "password"  # noqa: S105 - a new one is asked for


#: Who logs calls and answers customers.
CASE_ROLES = frozenset({Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR})
