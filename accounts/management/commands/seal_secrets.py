from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.sign_in.second_factor import seal_again


class Command(BaseCommand):
    help = (
        "Seal the secrets of second factors by the first of ENCRYPTION_KEYS: after an upgrade from "
        "where they were not, and before an old key is taken out. Example: manage.py seal_secrets"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = [seal_again(pk) for pk in Authenticator.objects.values_list("pk", flat=True)]
        key_id = next(iter(settings.ENCRYPTION_KEYS))
        self.stdout.write(
            f"{sum(done)} sealed by the key {key_id}, {len(done) - sum(done)} were already."
        )
