"""What a page says about a field before sending is what the server says."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from common.bound_fields import browser_rules
from common.form_fields import AmountField, WordsField

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FORM = re.compile(r"<form\b(?:\{%.*?%\}|\{\{.*?\}\}|[^>])*>", re.DOTALL)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    ("field", "rule", "value"),
    [
        (forms.CharField(), "required", " "),
        (forms.ChoiceField(choices=[("a", "A")]), "required", ""),
        (forms.IntegerField(), "invalid", "1.5"),
        (forms.IntegerField(min_value=2), "few", "1"),
        (forms.IntegerField(max_value=9), "many", "10"),
        (forms.DecimalField(), "invalid", "a"),
        (forms.DecimalField(max_value=1), "many", "1.5"),
        (forms.EmailField(), "email", "carla"),
        (AmountField(), "amount", "38,4"),
        (AmountField(), "cents", "1.500"),
        (WordsField(max_length=3), "long", "cuatro"),
    ],
)
def test_the_page_says_what_the_server_says(
    field: forms.Field, rule: str, value: str, language: str
) -> None:
    with translation.override(language):
        told = browser_rules(field)[rule].replace("{count}", str(len(value)))
        with pytest.raises(ValidationError) as refused:
            field.clean(value)
        assert refused.value.messages == [told]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("45,81", "45.81"), ("$ 45,81", "45.81"), ("1250,00", "1250.00"), ("1,234", "1234"),
        ("1,234.56", "1234.56"), ("1,234,56", None), ("45,8", None), ("1.234,56", None),
    ],
)  # fmt: skip
def test_two_digits_after_the_only_comma_are_cents(typed: str, amount: str | None) -> None:
    if amount is not None:
        assert AmountField().clean(typed) == Decimal(amount)
        return
    with pytest.raises(ValidationError) as refused:
        AmountField().clean(typed)
    assert [each.code for each in refused.value.error_list] == ["amount_format"]


def test_what_need_not_be_there_is_not_asked_for() -> None:
    assert browser_rules(forms.CharField(required=False)) == {}


def test_no_form_leaves_it_to_the_browser() -> None:
    """The browser would speak its own language."""
    left = [
        f"{path.relative_to(TEMPLATES)}: {form}"
        for path in TEMPLATES.rglob("*.html")
        for form in FORM.findall(path.read_text(encoding="utf-8"))
        if "novalidate" not in form and 'method="dialog"' not in form
    ]
    assert left == []


def test_no_field_is_of_a_kind_that_browsers_word() -> None:
    class Form(forms.Form):
        count = forms.IntegerField(min_value=1)
        rate = forms.DecimalField(decimal_places=2)

    html = str(Form())
    assert html.count('type="text"') == 2
    assert 'inputmode="numeric"' in html
    assert 'inputmode="decimal"' in html
    worded = re.compile(r'type="(date|time|datetime-local|month|week|number|color|range)"')
    for path in TEMPLATES.rglob("*.html"):
        assert not worded.search(path.read_text(encoding="utf-8")), path
