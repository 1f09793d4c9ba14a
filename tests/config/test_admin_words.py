"""The administration speaks words, in Spanish too: no English of Django's, no raw code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import allauth
import django
import pytest
from allauth.mfa.models import Authenticator
from babel.messages.pofile import read_po
from django.contrib import admin
from django.db.models import Field, Model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

from accounts.models import User
from cases.models import Tag
from leases.models import Customer, Lease, Merchant, StateRule, Store
from mail.models import Email, EmailTemplate
from telephone.models import PhoneLine
from tests.leases.admin_rows import one_of_each
from tests.test_spanish import as_tuple, english_texts, words

SignIn = Callable[..., Client]
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
NAMES = [model._meta.label_lower for model in MODELS]
#: Codes that are words of Spanish.
SPANISH_TOO = {"portal"}
#: Catalogs of others' pages.
OTHERS = [
    Path(django.__path__[0]) / "conf", Path(django.__path__[0]) / "contrib/admin",
    Path(django.__path__[0]) / "contrib/auth", Path(allauth.__path__[0]),
]  # fmt: skip


@pytest.fixture
def rows(make_lease: Callable[..., Lease], dan: Customer, irene: User, now: datetime) -> Lease:
    Authenticator.objects.create(user=irene, type=Authenticator.Type.TOTP, data={})
    template = EmailTemplate.objects.create(
        key="case_opened", version=1, subject_en="Hello", subject_es="Hola", body_en="Hello",
        body_es="Hola", at=now, by=irene,
    )  # fmt: skip
    Email.objects.create(
        key="a", to="dan@example.com", language="en", template=template, params={}, state="failed",
        error="rcpt 550 no", attempts=1, created_at=now, next_attempt_at=now,
    )  # fmt: skip
    StateRule.objects.create(state="TX", source="Tex. Bus. & Com. Code, cap. 92")
    PhoneLine.objects.create(agent=irene, extension="103")
    Tag.objects.create(name="Cobro doble", key="cobro doble", created_by=irene, created_at=now)
    return one_of_each(make_lease, dan, irene, now, "300000017")


@pytest.fixture
def office(irene: User, sign_in: SignIn) -> Callable[[str], Client]:
    def speaking(language: str) -> Client:
        User.objects.filter(pk=irene.pk).update(language=language)
        return sign_in(User.objects.get(pk=irene.pk))

    return speaking


@pytest.fixture(scope="module")
def english() -> list[re.Pattern[str]]:
    return [*english_texts(), *others_english()]


def others_english() -> Iterator[re.Pattern[str]]:
    for folder in OTHERS:
        with (folder / "locale/es/LC_MESSAGES/django.po").open("rb") as file:
            for entry in read_po(file, locale="es", ignore_obsolete=True):
                for source in as_tuple(entry.id):
                    same = source in as_tuple(entry.string)
                    parts = re.split(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", " ".join(source.split()))
                    if not same and len("".join(parts)) > 3:
                        yield re.compile(".+".join(map(re.escape, parts)))


def row_of(model: type[Model]) -> Model:
    row = model._default_manager.order_by("pk").last()
    assert row is not None
    return row


def pages(client: Client, model: type[Model]) -> Iterator[tuple[str, str]]:
    """List, filtered list, adding, a row, its history, and the question before it's deleted."""
    opts = model._meta
    key = row_of(model).pk
    for page, args in (
        ("changelist", []), ("add", []), ("change", [key]), ("history", [key]), ("delete", [key])
    ):  # fmt: skip
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)
        answer = client.get(address)
        if answer.status_code != 403:
            assert answer.status_code == 200, address
            yield address, answer.content.decode()
        if page == "add" and answer.status_code == 200:
            yield f"{address} refused", client.post(address, {"x": "y"}).content.decode()


def codes() -> set[str]:
    """What is stored for a choice, if people read something else."""
    found = set()
    for model in MODELS:
        for field in model._meta.get_fields():
            if isinstance(field, Field) and field.choices:
                found |= {str(code) for code, _ in field.flatchoices}
    return {code for code in found if len(code) > 2} - SPANISH_TOO


@pytest.mark.requirement("R10", "R54")
@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_in_spanish_nothing_is_english(
    model: type[Model], rows: Lease, office: Callable[[str], Client],
    english: list[re.Pattern[str]],
) -> None:  # fmt: skip
    found = [
        (address, text)
        for address, page in pages(office("es"), model)
        for text in sorted(words(page))
        if any(each.fullmatch(text.strip(" :.")) or each.fullmatch(text) for each in english)
    ]
    assert found == []


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_no_page_shows_a_code(
    model: type[Model], rows: Lease, office: Callable[[str], Client]
) -> None:
    code = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(codes())))})\b")
    found = [
        (address, text)
        for address, page in pages(office("es"), model)
        for text in sorted(words(page))
        if code.search(text)
        or re.search(r"[{[]['\"]|\b(?:None|True|False)\b|\d{4}-\d\d-\d\d|\[e[ns]\]", text)
    ]
    assert found == []


#: Names, and words that both languages have.
PLACES_AND_THINGS = {"California", "Ohio", "San Antonio", "Sofá"}
SAME = {
    "No", "Plan", "Plan:", "SKU", "Total", "Total:", "URL", "Webhook", "Webhook:", "Webhooks",
    "› Webhooks", "Webhooks | Puente",
}  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_a_list_is_called_what_it_holds(
    model: type[Model], rows: Lease, office: Callable[[str], Client]
) -> None:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    page = office("es").get(address).content.decode()
    with translation.override("es"):
        assert f"<h1>{capfirst(model._meta.verbose_name_plural)}</h1>" in page


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_fields_have_words_and_begin_with_a_capital(
    model: type[Model], rows: Lease, office: Callable[[str], Client]
) -> None:
    """Also what stands in a field: days as words, and hours without Django’s note on the server."""
    for address, page in pages(office("es"), model):
        labels = re.findall(r"<label[^>]*>([^<]*):</label>", page)
        assert [each for each in labels if each[:1].islower()] == [], address
        assert not re.search(r'value="mon[^"]*,', page), address
        assert "vTimeField" not in page


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_what_both_languages_show_is_a_name_or_a_number(
    model: type[Model], rows: Lease, office: Callable[[str], Client]
) -> None:
    """A word that no one translated, because no one marked it, is the same in both languages."""
    shown = {
        language: {
            text
            for _, page in pages(office(language), model)
            for text in words(page, language)
            if re.search(r"[a-zA-Z]{3}", text) and not re.search(r"[\d@]|://", text)
        }
        for language in ("en", "es")
    }
    assert shown["en"] & shown["es"] - SAME - names() == set()


def names() -> set[str]:
    """Of people, places and things, also at the end of where one is."""
    rows = [
        *User.objects.all(), *Customer.objects.all(), *Merchant.objects.all(), *Tag.objects.all()
    ]  # fmt: skip
    found = {row.name for row in (*rows, *Store.objects.all())}
    first = {name.split()[0] for name in found}
    return found | {f"› {name}" for name in found} | first | PLACES_AND_THINGS


@pytest.mark.parametrize(
    ("language", "hour", "other"),
    [("en", r"\d [AP]M\b", r"[ap]\.m\."), ("es", r"\d [ap]\.m\.", r"[AP]M\b")],
)
def test_times_are_written_as_on_the_pages(
    rows: Lease, office: Callable[[str], Client], language: str, hour: str, other: str
) -> None:
    texts = (
        " ".join(
            text for _, page in pages(office(language), Lease) for text in words(page, language)
        )
        .replace("\xa0", " ")
        .replace("\u202f", " ")
    )
    assert re.search(hour, texts)
    assert not re.search(other, texts)


@pytest.mark.requirement("R10")
def test_what_was_done_is_told_in_words(
    rows: Lease, office: Callable[[str], Client], english: list[re.Pattern[str]]
) -> None:
    client = office("es")
    merchant = Merchant.objects.get(pk=rows.store.merchant_id)
    change = reverse("admin:leases_merchant_change", args=[merchant.pk])
    told = client.post(change, {"name": "Mueblería Sol"}, follow=True).content.decode()
    assert "Se cambió: comercio asociado" in told
    history = client.get(reverse("admin:leases_merchant_history", args=[merchant.pk]))
    said = (
        words(told)
        | words(history.content.decode())
        | words(client.get("/admin/").content.decode())
    )
    assert [text for text in said if any(each.fullmatch(text) for each in english)] == []
