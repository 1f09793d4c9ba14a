"""A word finds its other forms, in both languages, with and without accents."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from common.accents import without_accents

FORMS = """
    devolución devoluciones; reclamación reclamaciones; sesión sesiones; dirección direcciones;
    interés intereses; mes meses; vez veces; luz luces; lápiz lápices; colchón colchones;
    sofá sofás; razón razones; camión camiones; crédito créditos; teléfono teléfonos; garantía
    garantías; avería averías; mueblería mueblerías; compañía compañías; envío envíos; niño niños;
    año años; país países; refrigerador refrigeradores; lavadora lavadoras;
    pago pagos pagar pagado pagó;
    cobro cobros cobrar cobrado; tienda tiendas; factura facturas; entrega entregas entregado;
    recibo recibos; cargo cargos; sillón sillones; plan planes; abogado abogados; queja quejas;
    payment payments; refund refunds refunded; delivery deliveries; charge charges charged charging;
    promise promised promises; agree agreed; company companies; box boxes; store stores;
    mattress mattresses; attorney attorneys; deny denied; fee fees; return returned returns
"""
FAMILIES = [each.split() for each in FORMS.split(";")]


def found(word: str, text: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT puente_search_vector(%s) @@ puente_search_query(%s)", [text, word])
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.requirement("R99")
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family[0])
def test_every_form_finds_every_other(family: list[str]) -> None:
    """However each is written, and whatever language the entry says it's in."""
    written = [way(word) for word in family for way in (str, without_accents, str.upper)]
    for word in written:
        for other in written:
            assert found(word, f"Sí, {other}."), (word, other)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("recibo", "recibo_14-nov.jpg"), ("14", "recibo_14-nov.jpg"), ("84.20", "cobró $84.20,"),
        ("CFPB", "queja CFPB-2211"), ("o'neill", "Sra. O’Neill"), ("gracias", "¡gracias🙂!"),
        ("carla@example.com", "escribió carla@example.com"), ("привет", "привет, Ана"),
        ("pagó en la tienda", "Dice que pagó en la tienda."), ("devolucio\u0301n", "devoluciones"),
    ],
)  # fmt: skip
def test_what_stands_around_a_word_is_no_part_of_it(asked: str, text: str) -> None:
    assert found(asked, text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "text"),
    [("84.20", "20 por 84"), ("la tienda pagó", "pagó la tienda"), ("%", "100%"), ("sofá", "sobre"),
     ("", "algo")],
)  # fmt: skip
def test_it_is_not_found_by_what_it_does_not_say(asked: str, text: str) -> None:
    assert not found(asked, text)


@pytest.mark.django_db
@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_any_text_can_be_indexed_and_asked_for(text: str) -> None:
    found(text, text)


@pytest.mark.django_db
def test_a_text_longer_than_an_index_takes_is_found_by_its_beginning() -> None:
    text = "principio " + " ".join(f"palabra{n}ñ中" for n in range(40_000))
    assert found("principio", text)
