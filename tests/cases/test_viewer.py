"""A file of a case, large: decided beside it, every look at it recorded."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from cases import actions, evidence
from cases.enums import Visibility
from cases.models import AskedItem, Case, Evidence, EvidenceView
from cases.queries.case_files import around, case_files, next_undecided
from leases.models import Customer
from tests.cases.evidence.evidence_makers import pdf_bytes
from tests.pages import text
from tests.photos import photo

pytestmark = [pytest.mark.requirement("R4", "R48"), pytest.mark.django_db]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case(kind="defective")


@pytest.fixture
def send(case: Case, carla: Customer, now: datetime) -> Callable[..., Evidence]:
    """Carla's files, a minute apart."""

    def sent(number: int = 0, answers: str = "", file: actions.Upload | None = None) -> Evidence:
        assert carla.user
        upload = file or photo(f"foto{number}.jpg", number)
        at = now + number * MINUTE
        actions.add_customer_message(
            case=case, body="", files=[upload], answers=answers, by=carla.user, now=at
        )
        return Evidence.objects.get(name=upload.inspected.display_name)

    return sent


@pytest.fixture
def ask(case: Case, ana: User, now: datetime) -> Callable[..., None]:
    def asked(*slots: str) -> None:
        actions.request_evidence(case=case, slots=slots, by=ana, now=now - MINUTE)

    return asked


@pytest.fixture
def agent(sign_in: Callable[[User], Client], ana: User) -> Client:
    return sign_in(ana)


def address(file: Evidence, name: str = "case_file") -> str:
    return reverse(name, args=[file.entry.case.number, file.pk])


def document(pages: int = 3) -> actions.Upload:
    upload = SimpleUploadedFile("contrato.pdf", pdf_bytes(pages=pages))
    return actions.Upload(evidence.inspect(upload, name="contrato.pdf"), upload)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def views() -> list[tuple[str, bool, int | None, str]]:
    rows = EvidenceView.objects.order_by("pk")
    return [(each.evidence.name, each.is_download, each.page, each.by.name) for each in rows]


def refused(**attempt: Any) -> str | None:
    with pytest.raises(ValidationError) as error, transaction.atomic():
        actions.accept_file(**attempt)
    return error.value.error_list[0].code


# --- what is seen ---------------------------------------------------------------------------------


def test_a_photo_is_shown_with_what_is_known_of_it(agent: Client, send: Any, ask: Any) -> None:
    ask("photos")
    file = send(1, "photos")
    page = agent.get(address(file))
    assert f'src="{reverse("evidence_view", args=[file.pk])}"' in page.content.decode()
    words = text(page)
    for known in ("foto1.jpg", "Fotos del artículo", "Carla Peña · Sitio web", "image/jpeg",
                  "41 × 30", f"SHA-256 {file.sha256}", "Recibido"):  # fmt: skip
        assert known in words
    assert not EvidenceView.objects.exists()  # the picture itself wasn't asked for


def test_the_case_leads_to_it(agent: Client, case: Case, send: Any, ask: Any) -> None:
    ask("photos")
    file = send(1, "photos")
    for page in ("", "?open=evidence"):
        words = agent.get(reverse("case", args=[case.number]) + page).content.decode()
        assert words.count(f'href="{address(file)}"') >= 2  # beside the last words, in the history


def test_a_document_is_leafed_through_page_by_page(agent: Client, send: Any) -> None:
    file = send(1, file=document(3))
    for asked, shown in (("", 1), ("?page=2", 2), ("?page=9", 3), ("?page=-1", 1), ("?page=x", 1)):
        page = agent.get(address(file) + asked)
        assert reverse("file_page", args=[file.pk, shown]) in page.content.decode()
        assert f"Página {shown} de 3" in text(page)
    picture = agent.get(reverse("file_page", args=[file.pk, 2]))
    assert picture["Content-Security-Policy"] == "sandbox; default-src 'none'"
    with Image.open(io.BytesIO(picture.content)) as image:
        assert (image.format, image.size) == ("JPEG", (1530, 1980))
    for missing in (0, 4, 10**12):
        assert agent.get(f"/evidence/{file.pk}/pages/{missing}/").status_code == 404


def test_a_photo_has_no_pages(agent: Client, send: Any) -> None:
    assert agent.get(reverse("file_page", args=[send(1).pk, 1])).status_code == 404


def test_a_page_as_large_as_a_house_is_drawn_small(agent: Client, send: Any) -> None:
    huge = pdf_bytes(lambda pdf: pdf.add_blank_page(page_size=(14_000, 7_000)), pages=0)
    upload = SimpleUploadedFile("plano.pdf", huge)
    file = send(1, file=actions.Upload(evidence.inspect(upload, name="plano.pdf"), upload))
    picture = agent.get(reverse("file_page", args=[file.pk, 1]))
    with Image.open(io.BytesIO(picture.content)) as image:
        assert image.size == (2400, 1200)


def test_a_file_that_is_not_in_its_place_is_said_to_be(
    agent: Client, send: Any, settings: Any
) -> None:
    photo_file, paper = send(1), send(2, file=document())
    for file in (photo_file, paper):
        (settings.EVIDENCE_ROOT / file.view).unlink()
        page = agent.get(address(file))
        assert "no está en su lugar" in text(page)
        assert "<img" not in page.content.decode().partition('<div class="viewer">')[2]
    assert agent.get(reverse("file_page", args=[paper.pk, 1])).status_code == 404
    assert not EvidenceView.objects.exists()


def test_what_is_foreign_or_missing_is_not_there(
    sign_in: Callable[[User], Client], agent: Client, send: Any, carla: Customer, mateo: User,
    open_case: Callable[..., Case], dans_lease: Any,
) -> None:  # fmt: skip
    file, other = send(1, file=document()), open_case(lease=dans_lease)
    elsewhere = reverse("case_file", args=[other.number, file.pk])
    assert agent.get(elsewhere).status_code == 404
    assert agent.post(f"{elsewhere}acceptance/").status_code == 404
    assert carla.user
    for user in (carla.user, mateo):
        client = sign_in(user)
        for place in (address(file), reverse("file_page", args=[file.pk, 1])):
            assert client.get(place).status_code == 404
    assert not EvidenceView.objects.exists()


# --- who looked -----------------------------------------------------------------------------------


def test_every_look_is_a_row_of_its_own(
    agent: Client, sign_in: Callable[[User], Client], send: Any, ben: User, carla: Customer
) -> None:
    file, paper = send(1), send(2, file=document())
    body(agent.get(reverse("evidence_view", args=[file.pk])))
    body(agent.get(reverse("evidence", args=[file.pk])))
    agent.get(reverse("file_page", args=[paper.pk, 2]))
    body(sign_in(ben).get(reverse("evidence", args=[paper.pk])))
    assert carla.user
    body(sign_in(carla.user).get(reverse("evidence_view", args=[file.pk])))  # her own
    assert views() == [
        ("foto1.jpg", False, None, "Ana Torres"),
        ("foto1.jpg", True, None, "Ana Torres"),
        ("contrato.pdf", False, 2, "Ana Torres"),
        ("contrato.pdf", True, None, "Ben Wright"),
    ]


def test_a_look_is_not_taken_back(agent: Client, send: Any) -> None:
    body(agent.get(reverse("evidence", args=[send(1).pk])))
    rows = EvidenceView.objects.all()
    for change in (rows.delete, lambda: rows.update(is_download=False)):
        with pytest.raises(DatabaseError, match="evidence_view"), transaction.atomic():
            change()


def test_the_log_tells_what_happened_to_it(
    agent: Client, case: Case, send: Any, ask: Any, ana: User, now: datetime
) -> None:
    ask("photos", "receipts")
    file, other = send(1, "photos"), send(2, "receipts")
    body(agent.get(reverse("evidence_view", args=[file.pk])))
    body(agent.get(reverse("evidence", args=[file.pk])))
    later = now + 5 * MINUTE
    actions.accept_file(evidence=file, slot="photos", by=ana, now=later)
    actions.mark_unreadable(evidence=other, reason="Borrosa.", by=ana, now=later)
    actions.request_evidence(case=case, slots=["photos"], by=ana, now=later + MINUTE)
    words = text(agent.get(address(file))).partition("Cadena de custodia")[2]
    for said in ("Recibido, revisado y guardado", "Lo vio", "Descargó el original",
                 "Aceptado: Fotos del artículo", "Pedimos: Fotos del artículo"):  # fmt: skip
        assert words.count(said) == 1, said
    assert "Borrosa" not in words
    others = text(agent.get(address(other))).partition("Cadena de custodia")[2]
    assert 'No se puede leer “foto2.jpg”: <span lang="es">Borrosa.</span>' in others
    assert "Aceptado" not in others


def test_what_is_accepted_later_is_not_told_of_an_unreadable_file(
    agent: Client, send: Any, ask: Any, ana: User, now: datetime
) -> None:
    ask("photos")
    dark, clear = send(1, "photos"), send(2, "photos")
    actions.mark_unreadable(evidence=dark, reason="Borrosa.", by=ana, now=now + 3 * MINUTE)
    actions.accept_file(evidence=clear, slot="photos", by=ana, now=now + 4 * MINUTE)
    logs = [text(agent.get(address(each))).partition("Cadena")[2] for each in (dark, clear)]
    assert ["Aceptado: Fotos" in each for each in logs] == [False, True]


@pytest.mark.parametrize("count", [1, 40])
def test_it_asks_the_database_as_often_for_one_as_for_many(
    agent: Client, case: Case, send: Any, ask: Any, ana: User, now: datetime,
    django_assert_num_queries: Any, count: int,
) -> None:  # fmt: skip
    ask("photos", "receipts")
    for number in range(1 if count == 1 else 12):
        file = send(number, "photos")
    EvidenceView.objects.bulk_create(
        EvidenceView(evidence=file, is_download=False, by=ana, at=now) for _ in range(count)
    )
    agent.get(address(file))
    with django_assert_num_queries(19):
        page = agent.get(address(file))
    if count > 30:
        following = agent.get(address(file), {"after": page.context["custody"].next})
        assert len(following.context["custody"].rows) == count + 1 - 30


# --- one after the other --------------------------------------------------------------------------


def test_files_are_leafed_through_in_the_order_they_came(
    agent: Client, case: Case, send: Any, ana: User
) -> None:
    first, second, third = send(1), send(2), send(3)
    files = case_files(case, user=ana)
    assert [each.file for each in files] == [first, second, third]
    assert around(files, second) == (2, first, third)
    page = agent.get(address(second))
    assert "2 de 3" in text(page)
    for file, key in ((first, "k"), (third, "j")):
        assert f'href="{address(file)}"' in page.content.decode()
        assert f'data-key="{key}"' in page.content.decode()


def test_one_that_no_one_decided_about_comes_next(
    case: Case, send: Any, ask: Any, ana: User, now: datetime
) -> None:
    ask("photos", "receipts")
    free, photo_file, receipt = send(1, ""), send(2, "photos"), send(3, "receipts")

    def following(file: Evidence) -> Evidence | None:
        return next_undecided(case_files(case, user=ana), file)

    assert following(photo_file) == receipt
    assert following(receipt) == free
    actions.settle_evidence(case=case, slot="photos", by=ana, now=now)
    assert following(receipt) == free  # for what is still open
    actions.settle_evidence(case=case, slot="receipts", by=ana, now=now)
    assert following(photo_file) is None


# --- decided beside it ----------------------------------------------------------------------------


def test_accepting_it_goes_on_to_the_next_and_then_back_to_the_case(
    agent: Client, case: Case, send: Any, ask: Any
) -> None:
    ask("photos", "receipts")
    first, second = send(1, "photos"), send(2, "receipts")
    answer = agent.post(address(first, "case_file_acceptance"), {"slot": "photos"})
    assert (answer.status_code, answer["Location"]) == (302, address(second))
    answer = agent.post(address(second, "case_file_acceptance"), {"slot": "receipts"})
    assert answer["Location"] == reverse("case", args=[case.number])
    assert set(AskedItem.objects.values_list("state", flat=True)) == {"accepted"}
    again = agent.post(address(second, "case_file_acceptance"), {"slot": "receipts"})
    assert again.status_code == 422
    assert "Esto ya no se pide." in text(again)


def test_one_that_came_without_a_word_is_accepted_as_what_it_shows(
    agent: Client, case: Case, send: Any, ask: Any
) -> None:
    ask("photos", "receipts")
    file = send(1, "")
    assert agent.get(address(file)).context["accepting"].only is None
    wrong = agent.post(address(file, "case_file_acceptance"), {"slot": "identity"})
    assert wrong.status_code == 422
    agent.post(address(file, "case_file_acceptance"), {"slot": "receipts"})
    assert AskedItem.objects.get(slot="receipts").state == "accepted"
    assert list(file.answers.values_list("slot", flat=True)) == ["receipts"]


def test_asking_for_it_again_stays_beside_it(
    agent: Client, case: Case, send: Any, ask: Any
) -> None:
    ask("photos", "receipts")
    first, second = send(1, "photos"), send(2, "receipts")
    empty = agent.post(address(first, "case_unreadable"), {"reason": " ", "slot": "photos"})
    assert empty.status_code == 422
    assert f'src="{reverse("evidence_view", args=[first.pk])}"' in empty.content.decode()
    answer = agent.post(
        address(first, "case_unreadable"), {"reason": "Está muy oscura la foto.", "slot": "photos"}
    )
    assert answer["Location"] == address(second)
    page = agent.get(address(first))
    assert page.context["form"] is None
    assert page.context["accepting"] is None


def test_what_cannot_be_accepted(
    case: Case, send: Any, ask: Any, ana: User, mateo: User, now: datetime
) -> None:
    ask("photos", "receipts")
    dark, clear = send(1, "photos"), send(2, "photos")
    given: dict[str, Any] = {"by": ana, "now": now + 5 * MINUTE}
    actions.mark_unreadable(evidence=dark, reason="Borrosa.", **given)
    assert refused(evidence=dark, slot="photos", **given) == "file_unreadable"
    assert refused(evidence=clear, slot="receipts", **given) == "file_not_free"
    with pytest.raises(PermissionDenied):
        actions.accept_file(evidence=clear, slot="photos", by=mateo, now=now)
    assert actions.accept_file(evidence=clear, slot="photos", **given)
    assert not actions.accept_file(evidence=clear, slot="photos", **given)


def test_an_internal_file_is_only_looked_at(
    agent: Client, open_case: Callable[..., Case], ana: User
) -> None:
    open_case(files=[photo("interna.jpg", 3)])
    file = Evidence.objects.get()
    assert file.entry.visibility == Visibility.INTERNAL
    page = agent.get(address(file))
    assert (page.context["form"], page.context["accepting"]) == (None, None)
    assert "interno" in text(page)
    assert agent.get(address(file, "case_unreadable")).status_code == 404
