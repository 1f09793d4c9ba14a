from __future__ import annotations

from django.db.models import QuerySet

from accounts.enums import Role
from accounts.models import User


def case_workers() -> QuerySet[User]:
    """Who a case can be given to, by name."""
    roles = [Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR]
    return User.objects.filter(is_active=True, role__in=roles).order_by("name_sort", "pk")
