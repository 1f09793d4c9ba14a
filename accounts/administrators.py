"""There is always at least one administrator."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User


def check_not_the_last(person: User) -> None:
    """Call it before an administrator stops being one, inside the transaction that saves it.

    Locks all active administrators in a fixed order, so that when the last two deactivate each
    other, one of them is refused. ValidationError: `last_administrator`.
    """
    active = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    locked = list(active.select_for_update().values_list("pk", flat=True))
    if locked == [person.pk]:
        raise ValidationError(
            _("This is the last active administrator. Make someone else an administrator first."),
            code="last_administrator",
        )
