"""Names sort where people look for them, the same in Python and in the database."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from common.sort_keys import sort_key

IN_ORDER = [
    ["Ana Torres", "ÁNGEL Cruz", "Antonia Paz", "Zoë"],
    ["Ignacio", "Íñigo", "Isabel"],
    ["Nuria", "Nzinga", "Ñandú", "Oliva"],  # ñ is a letter after n
    ["Peña Ana", "Peña-Cruz Ana", "Peñalver Ana"],
    ["Obama", "O’Brien", "Obrien Zoe", "O'Neill"],
    ["łukasz", "Lumen"],
    ["Tienda 2", "Tienda 9", "Tienda 10", "Tienda 10 b"],
    ["Дарья", "Дмитрий", "Юлия"],
]


@pytest.mark.parametrize("names", IN_ORDER, ids=lambda names: names[0])
def test_names_stand_where_people_look(names: list[str]) -> None:
    assert sorted(set(names), key=sort_key) == names


def test_an_accent_typed_as_two_signs_is_one() -> None:
    assert sort_key("In\u0303igo") == sort_key("Íñigo")


@pytest.mark.django_db
@given(
    st.lists(
        st.text(
            # Even if the database's own locale doesn't know what a capital is.
            st.characters(max_codepoint=0x17F, exclude_categories=["C"])
            | st.sampled_from("’ʼ 019"),
            max_size=30,
        ),
        max_size=20,
    )
)
def test_the_database_makes_the_same_key(names: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT array(SELECT puente_sort_key(n) FROM unnest(%s::text[]) n)", [names])
        (found,) = cursor.fetchone()
    assert found == [sort_key(each) for each in names]
