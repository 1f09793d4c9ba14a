"""The rules themselves: each finds its fault and lets the better text pass."""

from __future__ import annotations

import pytest

from tests.words.glossary import Concept, concepts
from tests.words.sources import Text
from tests.words.style import MORE, RULES, breaches

CAUGHT = {
    "contraction": ("en", "This cannot be changed.", "This can’t be changed."),
    "British spelling": ("en", "The plan was cancelled.", "The plan was canceled."),
    "email": ("en", "We sent an e-mail.", "We sent an email."),
    "quotes": ("es", "El caso está «Abierto».", "El caso está “Abierto”."),
    "apostrophe": ("en", "It's late.", "It’s late."),
    "this is no": ("en", "This is no date.", "This isn’t a date."),
    "someone": ("en", "Somebody changed it.", "Someone changed it."),
    "can’t": ("en", "You may not do this.", "You can’t do this."),
    "automatically": ("en", "It ends by itself.", "It ends automatically."),
    "accept": ("en", "This value cannot be taken.", "Enter a date."),
    "greeting": ("en", "Hello, {first_name}:", "Hello {first_name},"),
    "percent": ("es", "Un 5 % menos", "Un 5% menos"),
    "consta": ("es", "Todavía no nos consta.", "Todavía no lo hemos recibido."),
    "Introduzca": ("es", "Introduzca una fecha.", "Escriba una fecha."),
    "usted": ("es", "¿Tienes el recibo?", "¿Tiene el recibo?"),
    "name": ("es", "Le toca al cliente %(name)s", "Le toca a %(name)s"),
    "question marks": ("es", "Llegó?", "¿Llegó?"),
    "spaces": ("en", "Two  spaces", "One space"),
}


def text(language: str, words: str, *readers: str) -> Text:
    return Text(language, frozenset(readers or {"staff"}), "here.html", words)


@pytest.mark.parametrize("name", [each[0] for each in MORE] + [rule.name for rule in RULES])
def test_a_rule_finds_its_fault_and_nothing_else(name: str) -> None:
    language, wrong, right = CAUGHT[name]
    assert any(f" {name}" in each for each in breaches(text(language, wrong)))
    assert list(breaches(text(language, right))) == []


def test_placeholders_and_addresses_are_nobodys_words() -> None:
    words = "%(cancelled)s {somebody} https://example.com/?cannot=cancelled"
    assert list(breaches(text("en", words))) == []


GLOSSARY = """\
| term | Spanish | audience | meaning | avoid | where it lives |
|---|---|---|---|---|---|
| lease | contrato | customer | what is signed | arrendamiento* | here |
| payment | pago | all | one of many | instalment*, cuota | there |
"""


def found(*said: Text) -> list[str]:
    return [each for one in concepts(GLOSSARY) for about in said for each in one.breaches(about)]


def test_a_word_to_avoid_is_named_with_ours() -> None:
    (said,) = found(text("es", "Pague su Cuota 5"))
    assert said == "here.html [es] “Pague su Cuota 5”: “Cuota”; the glossary says “pago”"
    assert found(text("es", "Pague su recuota")) == []
    assert len(found(text("en", "Three instalments"))) == 1


def test_a_word_may_be_avoided_for_customers_alone() -> None:
    (lease, payment) = concepts(GLOSSARY)
    assert lease == Concept("lease", "contrato", "customer", ("arrendamiento*",))
    assert lease.binds(text("es", "Su arrendamiento", "customer"))
    assert not lease.binds(text("es", "El arrendamiento", "staff"))
    assert payment.binds(text("es", "El pago", "staff", "customer"))
