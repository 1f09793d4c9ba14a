"""Columns for text that people type: forbidden numbers are masked however the text gets in.

In migrations they are plain fields, because the columns are the same.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from accounts.mask_watch import noted, noted_all


class _Masked:
    def pre_save(self, instance: models.Model, add: bool) -> Any:
        """Also change the object in memory: an email may be made from it."""
        value = noted_all(super().pre_save(instance, add))  # type: ignore[misc]
        setattr(instance, self.attname, value)  # type: ignore[attr-defined]
        return value

    def get_prep_value(self, value: Any) -> Any:
        """Covers `update()` and bulk writes."""
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
