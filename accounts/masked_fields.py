"""Columns of words that people type: what they must not hold is masked on every way in.

For migrations they are the plain fields, since the columns are the same.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from accounts.mask_watch import noted, noted_all


class _Masked:
    def pre_save(self, instance: models.Model, add: bool) -> Any:
        """Also what the object in memory says from here on: a mail may be made of it."""
        value = noted_all(super().pre_save(instance, add))  # type: ignore[misc]
        setattr(instance, self.attname, value)  # type: ignore[attr-defined]
        return value

    def get_prep_value(self, value: Any) -> Any:
        """By `update()` and in bulk, too."""
        prepared = super().get_prep_value(value)  # type: ignore[misc]
        return noted(prepared) if isinstance(prepared, str) else noted_all(prepared)


class MaskedText(_Masked, models.TextField[str, str]):
    def deconstruct(self) -> Any:
        return (self.name, "django.db.models.TextField", *super().deconstruct()[2:])


class MaskedLine(_Masked, models.CharField[str, str]):
    def deconstruct(self) -> Any:
        return (self.name, "django.db.models.CharField", *super().deconstruct()[2:])


class MaskedJSON(_Masked, models.JSONField):
    def deconstruct(self) -> Any:
        return (self.name, "django.db.models.JSONField", *super().deconstruct()[2:])
