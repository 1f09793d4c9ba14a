"""Roles, and the languages that Puente speaks."""

from django.db.models import TextChoices
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    AGENT = "agent", pgettext_lazy("role", "Agent")
    SUPERVISOR = "supervisor", pgettext_lazy("role", "Supervisor")
    MERCHANT_SERVICES = "merchant_services", pgettext_lazy("role", "Merchant services")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "Administrator")
    CUSTOMER = "customer", pgettext_lazy("role", "Customer")


class Language(TextChoices):
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")

    @property
    def own_name(self) -> str:
        """In its own language, whatever the interface's: that's what its readers look for."""
        return str(get_language_info(self.value)["name_local"]).capitalize()


#: In the order in which forms and pages offer them.
OFFERED_LANGUAGES = list(reversed(Language))
LANGUAGE_CHOICES = [(each.value, each.own_name) for each in OFFERED_LANGUAGES]


class SignInKind(TextChoices):
    CODE = "code"
    PASSWORD = "password"  # noqa: S105 - a new one is asked for


#: Roles that log calls and answer customers.
CASE_ROLES = frozenset({Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR})
