"""An installation that goes back to an earlier version loses nothing without being told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.management.base import CommandError

from accounts.models import User
from cases import actions
from cases.enums import FlagKind
from cases.models import Case, CaseFlag, CaseKind, ScriptSituation
from tests.upgrades import before

pytestmark = pytest.mark.django_db
SITUATIONS = ("cases", "0041_situations")


def refused(migration: tuple[str, str]) -> str:
    with pytest.raises(CommandError) as caught, before(*migration):
        pass
    return str(caught.value)


def test_topics_of_scripts_as_they_came_go_back_and_return() -> None:
    rows = list(ScriptSituation.objects.values())
    with before(*SITUATIONS) as apps, pytest.raises(LookupError):
        apps.get_model("cases", "ScriptSituation")
    assert list(ScriptSituation.objects.values()) == rows


def test_topics_of_an_administrators_are_not_thrown_away() -> None:
    """One that was added and used, one renamed, one switched off."""
    rows = ScriptSituation.objects
    rows.create(key="pets", name_en="Pets", name_es="Mascotas")
    CaseKind.objects.filter(key="other").update(script="pets")
    rows.filter(key="letter").update(name_es="Carta")
    rows.filter(key="sale").update(is_offered=False)
    assert "would be lost: letter, sale, pets." in refused(SITUATIONS)


STORES = ("store", "Store on the phone", "Tienda al teléfono", 170)
CALL_BACKS = ("calling_back", "Returning a call", "Devolver una llamada", 15)


@pytest.mark.parametrize(
    ("migration", "row"), [("0060_store_script", STORES), ("0071_calling_back_script", CALL_BACKS)]
)
def test_a_topic_that_came_later_goes_back_unless_it_is_an_administrators(
    migration: str, row: tuple[str, str, str, int], irene: User, now: datetime
) -> None:
    step, rows = ("cases", migration), ScriptSituation.objects
    key, english, spanish, position = row
    with before(*step) as apps:
        assert not apps.get_model("cases", "ScriptSituation").objects.filter(key=key).exists()
        rows.create(key=key, name_en="Shops", name_es="Tiendas")
    assert rows.get(key=key).name_en == "Shops"
    with before(*step):
        assert rows.get(key=key).name_en == "Shops"
    texts = {"body_en": "Hi {case_number}", "body_es": "Hola {case_number}"}
    rows.filter(key=key).update(name=english, name_en=english, name_es=spanish, position=position)
    which = {"situation": key, "medium": "call"}
    actions.revise_script(**which, texts=texts, by=irene, now=now, based_on=1)
    with before(*step):
        assert rows.filter(key=key).exists()
    assert f"would be lost: {key}." in refused(SITUATIONS)


def test_the_word_for_denied_goes_back_unless_it_is_an_administrators() -> None:
    step, rows = ("cases", "0077_denied_in_one_word"), CaseKind.objects.filter(key="denial_reasons")
    assert rows.get().name_es == "Razones de una solicitud denegada"
    with before(*step) as apps:
        kind, question = (apps.get_model("cases", each) for each in ("CaseKind", "KindQuestion"))
        earlier = kind.objects.get(key="denial_reasons")
        assert earlier.name_es == "Razones de una solicitud negada"
        assert not question.objects.get(key="denial_asked_by").is_needed
    assert rows.get().name_es == "Razones de una solicitud denegada"
    rows.update(name_es="Por qué no")
    with before(*step):  # with the columns that there were then
        assert rows.values_list("name_es", flat=True).get() == "Por qué no"
    assert rows.get().name_es == "Por qué no"


def test_no_attorney_is_written_to_by_an_earlier_version_before_their_letter(
    open_case: Callable[..., Case], ana: User, sofia: User, now: datetime
) -> None:
    case = open_case()
    flag = actions.flag_case(
        case=case, kind=FlagKind.ATTORNEY, attorney=actions.Attorney(name="Rita Solano"),
        awaits_letter=True, by=ana, now=now,
    )  # fmt: skip
    letter = ("cases", "0038_attorneys_letter")
    assert case.number in refused(letter)
    assert CaseFlag.objects.get().awaits_letter
    actions.lift_flag(flag=flag, reason="No representa a nadie.", by=sofia, now=now)
    with before(*letter):
        pass
    assert not CaseFlag.objects.get().awaits_letter
