from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = _("Help")

    def ready(self) -> None:
        register(guides_are_here)


def guides_are_here(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """The pages under /help/ are files next to the code, and a deployment may have left
    them out.
    """
    missing = [
        path
        for path in (settings.GUIDES_ROOT / "guides", settings.GUIDES_ROOT / "glossary.md")
        if not path.exists()
    ]
    return [
        Error(f"{path} isn't there.", hint="Deploy docs/ with the code.", id="guides.E001")
        for path in missing
    ]
