"""Scripts next to a case and a call, filled with what is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.forms import Form
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from cases import actions
from cases.actions.revise_script import revise_script
from cases.enums import ScriptMedium
from cases.forms.agreements import SettlementForm
from cases.forms.evidence_asked import EvidenceRequestForm, UnreadableForm
from cases.forms.follow_up import FollowUpForm
from cases.models import CallDraft, Case
from cases.scripts.defaults import TEXTS
from cases.templatetags.cases import script_to_say
from common.formats import day
from leases.models import Lease
from tests.kinds import KINDS, SCRIPTS, SITUATIONS


@pytest.fixture
def draft(ana: User, now: datetime) -> CallDraft:
    return actions.start_call(by=ana, now=now)


def situations(page: Any) -> list[str]:
    return [group.situation for group in page.context["scripts"]]


@pytest.mark.requirement("R42")
@pytest.mark.django_db
def test_a_case_has_its_scripts_filled_in_in_both_languages(
    open_case: Callable[..., Case], ana: User, sign_in: Any
) -> None:
    case = open_case(kind="defective")
    page = sign_in(ana).get(reverse("case", args=[case.number]))
    assert situations(page)[0] == "return"
    words = page.content.decode()
    number = case.spoken_number
    assert f"Su número de caso es {number}." in words
    assert f"Your case number is {number}." in words
    assert "cuenta 104477312: Sofá, de Luna San Antonio" in words
    # what can be inserted is written, not spoken
    assert words.count("data-insert") == 2 * sum(medium == "email" for _, medium in TEXTS)
    assert '<input type="radio" name="script-language" value="es" checked>' in words


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_the_script_that_fits_the_case_comes_first(
    kind: str, open_case: Callable[..., Case], ana: User, sign_in: Any
) -> None:
    case = open_case(kind=kind)
    page = sign_in(ana).get(reverse("case", args=[case.number]))
    first, *others = page.context["scripts"]
    assert (first.situation, first.fits) == (SCRIPTS[kind], True)
    assert not any(each.fits for each in others)
    assert {first.situation, *(each.situation for each in others)} == set(SITUATIONS)


@pytest.mark.django_db
def test_a_new_version_is_shown_at_once(
    open_case: Callable[..., Case], ana: User, irene: User, sign_in: Any, now: datetime
) -> None:
    texts = {"body_es": "Nuevo: {case_number}", "body_en": "New: {case_number}"}
    revise_script(
        situation="return",
        medium=ScriptMedium.EMAIL,
        texts=texts,
        by=irene,
        now=now,
        based_on=1,
    )
    case = open_case()
    page = sign_in(ana).get(reverse("case", args=[case.number])).content.decode()
    assert f"Nuevo: {case.spoken_number}" in page
    assert "{" not in page.partition('id="scripts"')[2].partition("data-composer")[0]


@pytest.mark.django_db
def test_what_a_customer_is_called_does_nothing_in_a_script(
    open_case: Callable[..., Case], lease: Lease, ana: User, sign_in: Any
) -> None:
    lease.merchandise = "<script>alert(1)</script>{company}"
    lease.save()
    case = open_case(kind="defective")
    page = sign_in(ana).get(reverse("case", args=[case.number])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{company}" in page


@pytest.mark.requirement("R41")
@pytest.mark.django_db
def test_a_call_begins_with_the_opening_and_its_number(
    draft: CallDraft, ana: User, sign_in: Any
) -> None:
    page = sign_in(ana).get(reverse("call", args=[draft.number]))
    assert situations(page)[0] == "opening"
    words = page.content.decode()
    assert f"Su número de caso es {draft.spoken_number}." in words
    assert f"Your case number is {draft.spoken_number}." in words
    assert "Le atiende Ana Torres." in words
    assert "[nombre del cliente]" in words  # no one is known yet
    assert "data-insert hidden" not in words


@pytest.mark.django_db
def test_a_call_about_something_has_its_script_first(
    draft: CallDraft, lease: Lease, ana: User, sign_in: Any
) -> None:
    client = sign_in(ana)
    typed = {"kind": "charge_dispute", "lease": lease.account_number, "language": "es"}
    page = client.post(reverse("call", args=[draft.number]), typed)
    assert page.status_code == 422
    assert situations(page)[:2] == ["dispute", "opening"]
    assert [group.fits for group in page.context["scripts"]][:3] == [True, True, False]
    assert "cuenta 104477312, Mueblería Luna" in page.content.decode()


def read_in(page: Any) -> set[str]:
    """The situations whose texts came with the page."""
    return {str(group.situation) for group in page.context["scripts"] if group.scripts}


@pytest.mark.requirement("R41", "R42")
@pytest.mark.django_db
def test_a_call_brings_the_scripts_that_fit_and_another_when_it_is_opened(
    draft: CallDraft, lease: Lease, ana: User, sign_in: Any
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    typed = {"kind": "charge_dispute", "lease": lease.account_number, "language": "es"}
    assert read_in(client.get(address)) == {"opening"}
    headers = {"HX-Request": "true"}
    chosen = client.post(address, typed | {"choose": "1"}, headers=headers)
    assert read_in(chosen) == {"opening", "dispute"}

    opened = client.post(address, typed | {"script": "return"}, headers=headers)
    words = opened.content.decode()
    assert f"Su número de caso es {draft.spoken_number}." in words
    assert '<input type="hidden" name="read" value="return">' in words
    assert "<details" not in words  # only what stands in it

    # It stays open whatever is chosen next, and its text follows what is known.
    kept = client.post(address, typed | {"choose": "1", "read": "return"}, headers=headers)
    assert read_in(kept) == {"opening", "dispute", "return"}
    # One that fits by now isn't there twice.
    fits = client.post(address, typed | {"choose": "1", "read": "dispute"}, headers=headers)
    assert read_in(fits) == {"opening", "dispute"}
    assert 'name="read"' not in fits.content.decode()

    # Without scripts in the browser: the whole page, with what was typed.
    page = client.post(address, typed | {"script": "return", "summary": "Dice que llegó roto."})
    assert page.status_code == 200
    assert read_in(page) == {"opening", "dispute", "return"}
    assert "Dice que llegó roto." in page.content.decode()


@pytest.mark.requirement("R42")
@pytest.mark.django_db
def test_texts_for_the_words_of_a_call_come_when_asked_for(
    draft: CallDraft, lease: Lease, ana: User, sign_in: Any
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    assert client.get(address).context["texts"] == []
    typed = {"texts": "1", "kind": "defective", "lease": lease.account_number}
    came = client.post(address, typed, headers={"HX-Request": "true"})
    first, *others = came.context["texts"]
    assert (first.situation, first.fits) == ("return", True)
    assert all(text.can_be_inserted for group in [first, *others] for text in group.scripts)
    assert draft.spoken_number in came.content.decode()
    whole = client.post(address, typed | {"summary": "Llegó roto."})  # no scripts in the browser
    assert whole.status_code == 200
    assert '<details class="part" id="texts" data-scripts open>' in whole.content.decode()
    assert "Llegó roto." in whole.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("situation", ["", "zzyzx", "opening\x00", "🌵" * 5000])
def test_a_script_that_does_not_exist_is_nothing(
    draft: CallDraft, ana: User, sign_in: Any, situation: str
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    answer = client.post(address, {"script": situation}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content.decode().strip()) == (200, "")


@pytest.mark.django_db
def test_a_lease_that_is_found_or_chosen_fills_the_scripts(
    draft: CallDraft, lease: Lease, dans_lease: Lease, ana: User, sign_in: Any
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    found = client.post(
        address, {"find": "1", "contract": "104477312"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert 'id="call-scripts" hx-swap-oob' in found
    assert "Carla Peña, cuenta 104477312" in found
    chosen = client.post(
        address, {"choose": "1", "lease": dans_lease.account_number, "kind": "payment"},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    words = chosen.content.decode()
    assert "Dan Miller, cuenta 208855419" in words
    assert "<form" not in words
    assert situations(chosen)[0] == "payments"
    draft.refresh_from_db()
    assert draft.typed["lease"] == dans_lease.account_number


@pytest.mark.django_db
@pytest.mark.parametrize("gap", ["[fecha de entrega]", "[delivery date]"])
def test_a_customer_never_reads_what_a_script_left_open(
    gap: str, open_case: Callable[..., Case], ana: User, sign_in: Any
) -> None:
    case, client = open_case(now=timezone.now()), sign_in(ana)
    address = reverse("case_entries", args=[case.number])
    body = f"[Anexo A] La tienda ya lo tiene y usted lo recibió el {gap}. [sic]"
    typed = {
        "version": "1", "seen": "0", "visibility": "public", "language": "es", "body": body,
    }  # fmt: skip
    refused = client.post(address, typed)
    assert refused.status_code == 422
    [problem] = refused.context["composer"].errors.as_data()["body"]
    assert problem.code == "script_gap"
    assert problem.params == {"gaps": gap}
    assert body in refused.content.decode()
    assert not case.entries.filter(body=body).exists()
    # their own brackets are their own business, and so are internal notes
    filled = typed | {"body": body.replace(gap, "lunes")}
    assert client.post(address, filled).status_code == 302
    note = typed | {"visibility": "internal", "version": "2"}
    assert client.post(address, note).status_code == 302


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (FollowUpForm, "message"),
        (EvidenceRequestForm, "message"),
        (UnreadableForm, "reason"),
        (SettlementForm, "reason"),
    ],
)
def test_nor_in_other_words_for_the_customer(form: type[Form], field: str) -> None:
    words = form.base_fields[field]
    assert words.clean("[Anexo A]") == "[Anexo A]"
    with pytest.raises(ValidationError) as refused:
        words.clean("El [fecha de entrega].")
    assert [error.code for error in refused.value.error_list] == ["script_gap"]


@pytest.mark.django_db
def test_nor_in_the_summary_of_a_call(
    draft: CallDraft, lease: Lease, ana: User, sign_in: Any
) -> None:
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    typed = {
        "language": "es", "lease": lease.account_number, "kind": "other", "channel": "phone",
        "summary": "Paga el [fecha del próximo paso].", "visibility": "public",
    }  # fmt: skip
    refused = client.post(address, typed)
    assert refused.status_code == 422
    [problem] = refused.context["form"].errors.as_data()["summary"]
    assert problem.code == "script_gap"
    draft.refresh_from_db()
    assert draft.typed["summary"] == typed["summary"]
    assert client.post(address, typed | {"visibility": "internal"}).status_code == 302


@pytest.mark.django_db
def test_what_is_open_and_what_is_for_the_agent_alone_is_marked(
    open_case: Callable[..., Case], lease: Lease, ana: User, sign_in: Any
) -> None:
    """The words themselves don't change."""
    lease.merchandise = "Sofá (gris)"
    lease.save()
    lease.customer.email = ""
    lease.customer.save()
    case = open_case(kind="defective")
    page = sign_in(ana).get(reverse("case", args=[case.number])).content.decode()
    assert "registrado el correo <mark>[correo electrónico del cliente]</mark>." in page
    assert "We have <mark>[customer’s email address]</mark> as" in page
    compare = "(Compare: Carla Peña, cuenta 104477312, Mueblería Luna.)"
    assert f'<em class="aside">{compare}</em>\n' in page
    assert '<em class="aside">(Cuando ya sepa quién llama:)</em> Tenemos registrado' in page
    assert "¿Qué pasó con el artículo (Sofá (gris))?" in page  # in the middle of a line it's spoken


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("(If so:) Say it.", '<em class="aside">(If so:)</em> Say it.'),
        ("(A (b) c)", '<em class="aside">(A (b) c)</em>'),
        ("(open", "(open"),
        ("Say (this) <b>", "Say (this) &lt;b&gt;"),
        ("([customer’s name])", '<em class="aside">(<mark>[customer’s name]</mark>)</em>'),
        ("[customer's name] [x]", "[customer&#x27;s name] [x]"),
    ],
)
def test_marks(line: str, marked: str) -> None:
    assert script_to_say(line) == marked


@pytest.mark.django_db
def test_the_script_of_a_call_says_the_day_on_the_form(
    draft: CallDraft, lease: Lease, ana: User, sign_in: Any
) -> None:
    draft.typed = {"language": "es", "kind": "charge_dispute"}
    draft.save()
    client, address = sign_in(ana), reverse("call", args=[draft.number])
    page = client.get(address)
    due_on = page.context["form"].next_step
    assert due_on
    with override("es"):
        assert f"El próximo paso será a más tardar el {day(due_on)}." in page.content.decode()
    typed = {
        "choose": "1", "due_on": "2027-03-09", "lease": lease.account_number,
        "kind": "charge_dispute",
    }  # fmt: skip
    headers = {"HX-Request": "true"}
    words = client.post(address, typed, headers=headers).content.decode()
    assert "El próximo paso será a más tardar el 9 de marzo de 2027." in words
    assert "The next step is due by March 9, 2027." in words
    for nothing in ("2027-02-30", "x"):
        words = client.post(address, typed | {"due_on": nothing}, headers=headers)
        assert "<mark>[fecha del próximo paso]</mark>" in words.content.decode()
    # Without a day, the case has the one of the rule.
    empty = client.post(address, typed | {"due_on": ""}, headers=headers)
    with override("es"):
        assert f"a más tardar el {day(due_on)}." in empty.content.decode()
