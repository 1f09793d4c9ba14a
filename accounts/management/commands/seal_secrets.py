from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.sign_in.second_factor import seal_again


class Command(BaseCommand):
    help = (
        "Encrypt the secrets of two-step verification with the first of ENCRYPTION_KEYS. Run it "
        "after an upgrade that adds encryption, and before you remove an old key. "
        "Example: manage.py seal_secrets"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = [seal_again(pk) for pk in Authenticator.objects.values_list("pk", flat=True)]
        key_id = next(iter(settings.ENCRYPTION_KEYS))
        self.stdout.write(
            f"Secrets encrypted with the key {key_id}: {sum(done)}. "
            f"Already encrypted with it: {len(done) - sum(done)}."
        )
