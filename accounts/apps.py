from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts.folded_migrations import check_folds  # noqa: PLC0415

        checks.register(check_folds, checks.Tags.database)
