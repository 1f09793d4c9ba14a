"""Columns of the administration in words: Django draws yes and no as pictures, named in English."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Model
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def yes_or_no(field: str, label: StrPromise) -> Callable[[Model], str]:
    @admin.display(description=label, ordering=field)
    def said(row: Model) -> str:
        return said_yes_or_no(getattr(row, field))

    return said


def said_yes_or_no(value: bool | None) -> str:
    return _("Yes") if value else _("No")
