"""The views of the queue that people keep under a name."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from accounts.models import User
from cases.models import SavedView

#: Of one person's own, and of those that are shared.
MOST_VIEWS = 30


def with_saved_views(user: User) -> ArraySubquery:
    """Part of another query: their own by name, then what is shared."""
    said = JSONObject(name="name", view="view", filters="filters", is_shared="is_shared")
    return ArraySubquery(SavedView.objects.visible_to(user).values(said=said)[: 2 * MOST_VIEWS])
