"""Views of the queue under a name: one's own, or shared with the team by a supervisor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import SavedView
from cases.queries.saved_views import MOST_VIEWS
from cases.tag_names import tag_name as seen_name


@transaction.atomic
def save_view(
    *, name: str, view: str, filters: Mapping[str, str | int], is_shared: bool = False, by: User,
    now: datetime,
) -> SavedView:  # fmt: skip
    """`filters`: as the address of the queue names them.

    ValidationError `view_name`, `view_taken`, `views_full`, `view_unfiltered`.
    """
    if not by.works_cases or (is_shared and not by.supervises):
        raise PermissionDenied
    if not filters:
        raise ValidationError(_("Choose at least one filter first."), code="view_unfiltered")
    row = SavedView(
        owner=by,
        name=_checked_name(name),
        view=view,
        filters={key: str(value) for key, value in filters.items()},
        is_shared=is_shared,
        created_at=now,
    )
    _refuse_full(row)
    return _stored(row)


@transaction.atomic
def rename_view(*, row: SavedView, name: str, by: User) -> SavedView:
    """ValidationError `view_name`, `view_taken`."""
    row = _locked(row, by)
    row.name = _checked_name(name)
    return _stored(row)


@transaction.atomic
def delete_view(*, row: SavedView, by: User, now: datetime) -> None:
    """Undone by `restore_view`, until they delete another one."""
    row = _locked(row, by)
    SavedView.objects.filter(deleted_by=by).exclude(pk=row.pk).delete()
    if row.deleted_at is None:
        row.deleted_at, row.deleted_by = now, by
        row.save(update_fields=["deleted_at", "deleted_by"])


@transaction.atomic
def restore_view(*, row: SavedView, by: User) -> SavedView:
    """As it was. ValidationError `view_taken`, `views_full`, if others took its place meanwhile."""
    row = _locked(row, by)
    if row.deleted_at is None:
        return row
    _refuse_full(row)
    row.deleted_at = row.deleted_by = None
    return _stored(row)


def _locked(row: SavedView, by: User) -> SavedView:
    found = SavedView.objects.changeable_by(by).select_for_update(no_key=True, of=["self"])
    row = found.filter(pk=row.pk).first() or SavedView()
    if row.pk is None:
        raise PermissionDenied
    return row


def _checked_name(name: str) -> str:
    name = seen_name(name)
    if not name:
        raise ValidationError(_("Enter a name."), code="view_name")
    return name


def _refuse_full(row: SavedView) -> None:
    """Locked first: two windows that save at the same time count one after the other."""
    rows = SavedView.objects.kept().filter(is_shared=row.is_shared)
    if not row.is_shared:
        rows = rows.filter(owner=row.owner)
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    if rows.count() >= MOST_VIEWS:
        raise ValidationError(
            _("There are %(most)s views already. Delete one you don’t need first."),
            code="views_full",
            params={"most": MOST_VIEWS},
        )


def _stored(row: SavedView) -> SavedView:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        message = _("There’s already a view with this name. Choose another name.")
        raise ValidationError(message, code="view_taken") from error
    return row
