"""A reason that an administrator adds is used in the next call: script, questions, proof, ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import numbers
from cases.models import AskedItem, Case, CaseKind, ScriptSituation
from cases.queries.answers import answers_of
from cases.scripts.sample import NUMBER
from leases.models import Lease
from mail.models import Email
from mail.outbound.render import render
from tests.pages import admin_codes, text

pytestmark = pytest.mark.django_db

ROW = {"position": "5", "is_offered": "on", "seen": "1"}
SAID = {
    "body_es": "¿Desde cuándo hay ruido en la mudanza? Su caso es {case_number}.",
    "body_en": "Since when has there been noise at the move? Your case is {case_number}.",
    "version": "0",
    "asked": "",
}


@pytest.fixture
def office(irene: User, sign_in: Callable[..., Client]) -> Client:
    return sign_in(irene)


def add(office: Client, model: str, **sent: str) -> None:
    answer = office.post(reverse(f"admin:cases_{model}_add"), ROW | sent)
    assert answer.status_code == 302, admin_codes(answer)


def lines(prefix: str, **row: str) -> dict[str, str]:
    sent = {f"{prefix}-0-{name}": value for name, value in row.items()}
    return sent | {f"{prefix}-TOTAL_FORMS": "1" if row else "0", f"{prefix}-INITIAL_FORMS": "0"}


def write(office: Client, key: str, **changed: str) -> Any:
    address = reverse("correspondence_script_versions", args=[key, "call"])
    page = office.post(address, SAID | changed)
    if page.status_code == 422:  # its language is asked about once
        asked = page.context["form"]["asked"].value() or ""
        page = office.post(address, SAID | changed | {"asked": asked})
    return page


def add_moving(office: Client) -> None:
    """All of it through the pages an administrator has."""
    add(office, "scriptsituation", key="moving", name_en="Moving house", name_es="Mudanza")
    assert write(office, "moving").status_code == 302
    add(
        office, "evidenceslot", key="new_address", name_en="Proof of the new address",
        name_es="Comprobante de la dirección nueva",
    )  # fmt: skip
    add(
        office, "caseoutcome", key="moved", name_en="Address changed",
        name_es="Dirección cambiada", sentence_en="We changed your address.",
        sentence_es="Cambiamos su dirección.",
    )  # fmt: skip
    add(
        office, "casekind", key="moving", name_en="Moving house", name_es="Mudanza", due_days="7",
        script="moving", **lines("own_slots", slot="new_address", position="1"),
        **lines("own_outcomes", outcome="moved", position="1"),
    )  # fmt: skip
    add(
        office, "kindquestion", key="moving_day", kind="moving", answer_type="day",
        name_en="When do they move?", name_es="¿Cuándo se mudan?", is_needed="on", is_shown="on",
        **lines("choices"),
    )  # fmt: skip


@pytest.mark.requirement("R39", "R41", "R99")
def test_a_reason_added_in_the_administration_takes_the_next_call(
    office: Client, ana: User, lease: Lease, sign_in: Callable[..., Client]
) -> None:
    add_moving(office)
    client = sign_in(ana)
    address = str(client.post(reverse("calls")).headers["Location"])
    typed = {
        "language": "es", "lease": lease.account_number, "kind": "moving", "channel": "phone",
        "summary": "Se muda a otra ciudad.", "visibility": "internal", "asked": "",
    }  # fmt: skip
    page = client.post(address, typed | {"choose": "1"})
    shown = text(page)
    for words in (
        "¿Desde cuándo hay ruido en la mudanza?", "¿Cuándo se mudan?",
        "Comprobante de la dirección nueva", "Dirección cambiada", "7 días hábiles",
    ):  # fmt: skip
        assert words in shown
    assert page.context["scripts"][0].situation == "moving"
    done = client.post(
        address, typed | {"asked-moving_day": "2026-12-01", "slot-new_address": "asked"}
    )
    assert done.status_code == 302
    case = Case.objects.get()
    assert (case.kind_id, case.due_on.isoformat()) == ("moving", "2026-11-30")
    assert [each.slot_id for each in AskedItem.objects.filter(case=case)] == ["new_address"]
    assert list(answers_of(case)) == ["moving_day"]
    confirmation = render(Email.objects.get(casemail__case=case)).text
    assert "Comprobante de la dirección nueva" in confirmation
    assert "Mudanza" in confirmation


def test_a_topic_that_a_reason_needs_is_not_switched_off(office: Client) -> None:
    add_moving(office)
    address = reverse("admin:cases_scriptsituation_change", args=["moving"])
    off = {"position": "5", "seen": "1", "name_en": "Moving house", "name_es": "Mudanza"}
    assert admin_codes(office.post(address, off)) == {"is_offered": ["situation_used"]}
    CaseKind.objects.filter(key="moving").update(is_offered=False)
    assert office.post(address, off).status_code == 302
    assert not ScriptSituation.objects.get(key="moving").is_offered
    chosen = office.get(reverse("admin:cases_casekind_change", args=["moving"]))
    assert '<option value="moving" selected>' in chosen.content.decode()
    other = office.get(reverse("admin:cases_casekind_change", args=["other"]))
    assert '<option value="moving">' not in other.content.decode()


def test_a_topic_is_worded_in_both_languages_and_never_deleted(office: Client) -> None:
    address = reverse("admin:cases_scriptsituation_change", args=["opening"])
    typed = {"position": "1", "is_offered": "on", "seen": "1", "name_en": "Hello", "name_es": ""}
    assert admin_codes(office.post(address, typed)) == {"name_es": ["required"]}
    assert office.post(address, typed | {"name_es": "Saludo"}).status_code == 302
    late = office.post(address, typed | {"name_es": "Otro"})
    assert admin_codes(late) == {"__all__": ["row_stale"]}
    assert office.post(f"{address.removesuffix('change/')}delete/").status_code == 403
    assert "Hello" in text(office.get(reverse("correspondence_scripts")))


def test_nothing_is_said_until_both_languages_are_written(office: Client, ana: User) -> None:
    add(office, "scriptsituation", key="moving", name_en="Moving house", name_es="Mudanza")
    page = office.get(reverse("correspondence_scripts"))
    written = reverse("correspondence_script", args=["moving", "call"])
    assert f'href="{written}"' in page.content.decode()
    assert "Not written yet" in text(office.get(written))
    half = write(office, "moving", body_es="")
    assert half.status_code == 422
    problems = half.context["form"].errors.as_data()["body_es"]
    assert [each.code for each in problems] == ["required"]
    assert write(office, "moving", body_en="No number.").status_code == 422
    assert write(office, "moving").status_code == 302
    assert "Version" in text(office.get(written))


def test_a_preview_fills_in_what_was_typed_and_saves_nothing(office: Client) -> None:
    add(office, "scriptsituation", key="moving", name_en="Moving house", name_es="Mudanza")
    address = reverse("correspondence_script_versions", args=["moving", "call"])
    page = office.post(address, SAID | {"preview": "1"})
    assert page.status_code == 200
    assert f"Your case is {numbers.shown(NUMBER)}." in page.content.decode()
    assert not ScriptSituation.objects.get(key="moving").scripts.exists()
    broken = office.post(address, SAID | {"preview": "1", "body_en": "{case_number"})
    assert broken.status_code == 200
    assert "{case_number" in text(broken)
