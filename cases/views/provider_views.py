"""anymail's views for what a mail provider posts to us."""

from __future__ import annotations

import importlib
from typing import Any, Literal


def provider_view(provider: str, kind: Literal["Tracking", "Inbound"]) -> Any:
    module = importlib.import_module(f"anymail.webhooks.{provider}")
    endings = (f"{kind}WebhookView", "CombinedWebhookView")
    return next(
        value
        for name, value in vars(module).items()
        if name.endswith(endings) and value.__module__ == module.__name__
    )
