"""Mails start with a first name, whatever a name looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.first_names import first_name


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Carla Peña", "Carla"),
        ("Carla Peña Ruiz", "Carla"),
        ("Zoila", "Zoila"),
        ("  Dan   O'Neill ", "Dan"),
        ("Anne-Marie Dupont", "Anne-Marie"),
        ("Al Green", "Al"),
        # two first names, or one and a surname
        ("Ana María Torres", "Ana María"),
        ("José Luis Íñiguez Ruiz", "José Luis"),
        ("Juan Cruz", "Juan"),
        ("María Fernanda", "María"),
        ("María Hernández", "María"),
        ("María del Carmen Ruiz", "María del Carmen"),
        ("María de los Ángeles Ruiz", "María de los Ángeles"),
        ("María de la Cruz", "María"),
        ("Ma. Elena Vda. de Solís", "Ma. Elena"),
        ("J. Robert Smith", "J. Robert"),
        ("J. Smith", "J. Smith"),
        # titles, suffixes, lists from an old system
        ("Sra. Carla Peña", "Carla"),
        ("Sra. Peña", "Sra. Peña"),
        ("Dan Ortiz Jr.", "Dan"),
        ("Dan Ortiz, Jr.", "Dan"),
        ("Peña, Carla", "Carla"),
        ("De la Cruz, Ana María", "Ana María"),
        ("", ""),
    ],
)
def test_the_first_name(name: str, first: str) -> None:
    assert first_name(name) == first


@given(st.text(alphabet="Aaéñ Jr.,-ª", max_size=30))
def test_a_name_is_never_lost(name: str) -> None:
    assert bool(first_name(name)) == bool(name.strip())
