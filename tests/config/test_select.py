"""A list to choose from is the same as by Django's templates."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.forms import ChoiceField, MultipleChoiceField, NullBooleanField, Select
from django.forms.renderers import TemplatesSetting, get_default_renderer
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

CHOICES: list[Any] = [
    ("", "—"),
    ("a&b", "Peña & <hijos>"),
    (7, 12_000),
    ("Group “1”", [("x", gettext_lazy("Yes")), ("y", mark_safe("<b>y</b>"))]),
]


def plain(html: str) -> str:
    return re.sub(r"\s*\n\s*", "", html).replace(" </", "</")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        (ChoiceField(choices=CHOICES), "y"),
        (ChoiceField(choices=CHOICES), "a&b"),
        (ChoiceField(choices=CHOICES), None),
        (ChoiceField(choices=CHOICES, required=False, disabled=True), "7"),
        (NullBooleanField(), True),
        (MultipleChoiceField(choices=CHOICES), ["x", "7"]),
    ],
)
def test_it_is_what_djangos_templates_write(
    field: ChoiceField, value: object, language: str
) -> None:
    attributes = {"data-of": 'a "b"', "autofocus": True, "hidden": False, "size": 4}
    with override(language):
        ours, theirs = (
            field.widget.render("some", value, dict(attributes), renderer)
            for renderer in (get_default_renderer(), TemplatesSetting())
        )
    assert plain(ours) == plain(theirs)
    assert ours.count("<option") == theirs.count("<option") > 0


def test_a_list_with_a_template_of_its_own_keeps_it() -> None:
    class Own(Select):
        option_template_name = "django/forms/widgets/checkbox_option.html"

    field = ChoiceField(choices=CHOICES, widget=Own)
    assert "<input" in field.widget.render("some", "y", {}, get_default_renderer())
