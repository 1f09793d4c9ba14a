"""The pages of mail texts: read by everyone who answers customers, changed by administrators."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from cases import numbers
from cases.actions.revise_template import revise_template
from cases.language import guess
from cases.mails.case_opened import CASE_OPENED
from cases.mails.preview import About, about, preview_said
from cases.models import Case, CaseMail, Entry
from leases.models import Lease
from mail import outbox
from mail.kinds import Text, kind_of
from mail.models import Email, EmailTemplate
from mail.outbound.message import message
from mail.outbound.render import LONGEST_SUBJECT, render_text
from mail.texts import shown_text
from tests.cases.conftest import Inbox
from tests.mails import ALLOWED, KEYS, edited

KEY = "case_opened"
NEW = {
    "subject_es": "Caso {case_number}",
    "body_es": "Hola, {customer_name}.\r\n\r\n{case_number}: le atendió {agent_name}.",
    "subject_en": "Case {case_number}",
    "body_en": "{case_number}: hello, {customer_name}.",
    "version": "1",
}


@pytest.fixture
def desk(irene: User, sign_in: Callable[..., Client]) -> Client:
    return sign_in(irene)


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


def current(key: str = KEY) -> EmailTemplate:
    return shown_text(kind_of(key), now=timezone.now())


def address(part: str = "", key: str = KEY) -> str:
    name = "correspondence_text" + (f"_{part}" if part else "")
    return reverse(name, args=[key])


def codes(page: Any) -> dict[str, list[str]]:
    return {
        field: [str(each.code) for each in problems]
        for field, problems in page.context["refused"].errors.as_data().items()
    }


def previews(page: Any) -> dict[str, Any]:
    return {each["language"]: each["mail"] for each in page.context["previews"]}


@pytest.mark.django_db
def test_the_list_names_every_mail_in_both_languages(ana: User, sign_in: Any) -> None:
    page = sign_in(ana).get(reverse("correspondence_texts"))
    assert sorted(each.key for each in page.context["texts"]) == sorted(KEYS)
    for text in page.context["texts"]:
        shown = page.content.decode()
        assert text.subject_es in shown
        assert text.subject_en in shown


@pytest.mark.django_db
def test_the_list_costs_the_same_however_many_versions(
    desk: Client, irene: User, now: datetime
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            desk.get(reverse("correspondence_texts"))
        return len(seen)

    queries()  # only the first visit asks this
    once = queries()
    texts = {name: text for name, text in NEW.items() if name != "version"}
    for _ in range(30):
        revise_template(kind=CASE_OPENED, texts=texts, by=irene, now=now)
    assert queries() == once


@pytest.mark.django_db
def test_saving_makes_a_version_and_mails_take_it(desk: Client, irene: User) -> None:
    answer = desk.post(address("versions"), NEW)
    assert answer.status_code == 302
    saved = current()
    assert (saved.version, saved.by) == (2, irene)
    assert saved.body_es == "Hola, {customer_name}.\n\n{case_number}: le atendió {agent_name}."
    page = desk.get(address()).content.decode()
    assert "Irene Vega" in page
    assert reverse("correspondence_text_version", args=[KEY, 1]) in page


@pytest.mark.django_db
def test_an_unchanged_text_makes_no_version(desk: Client) -> None:
    form = desk.get(address()).context["form"]
    posted = {name: str(value).replace("\n", "\r\n") for name, value in form.initial.items()}
    assert desk.post(address("versions"), posted).status_code == 302
    assert current().version == 1


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["versions", "preview"])
@pytest.mark.parametrize(
    ("field", "text", "code", "named"),
    [
        ("subject_es", "Su caso", "placeholder_missing", "{case_number}"),
        ("body_en", "{nobody}", "placeholder_unknown", "{nobody}"),
        ("body_es", "{case.lease.customer.phone}", "placeholder_unknown", "{case.lease"),
        ("body_es", "{0.__class__}", "placeholder_unknown", "{0.__class__}"),
        ("body_es", "{customer_name!r:>30}", "placeholder_unknown", "{customer_name!r:>30}"),
        ("body_es", "{", "placeholder_braces", ""),
        ("body_es", "", "required", ""),
        ("body_en", " \n ", "required", ""),
        ("subject_en", "{case_number}" + "x" * 150, "max_length", ""),
        ("body_en", "x" * 10_001, "max_length", ""),
    ],
)
def test_a_refused_text_stays_typed(
    part: str, field: str, text: str, code: str, named: str, desk: Client
) -> None:
    page = desk.post(
        address(part), NEW | {field: text, "body_en": NEW["body_en"] + "MINE"} | {field: text}
    )
    assert page.status_code == 422
    assert codes(page) == {field: [code]}
    (problems,) = page.context["refused"].errors.values()
    assert named in problems[0]
    assert page.context["form"][field].value() == text
    assert not page.context["previews"]
    assert current().version == 1


@pytest.mark.django_db
def test_a_version_made_from_an_old_one_is_held_back(
    desk: Client, irene: User, now: datetime
) -> None:
    theirs = {name: text for name, text in NEW.items() if name != "version"}
    revise_template(kind=CASE_OPENED, texts=theirs, by=irene, now=now)
    mine = NEW | {"body_en": "{case_number}: this is mine, {customer_name}"}
    page = desk.post(address("versions"), mine)
    assert page.status_code == 409
    assert codes(page) == {"__all__": ["template_stale"]}
    assert "{case_number}: this is mine, {customer_name}" in page.content.decode()
    assert reverse("correspondence_text_version", args=[KEY, 2]) in page.content.decode()
    assert current().version == 2
    again = {name: page.context["form"][name].value() for name in NEW}
    assert desk.post(address("versions"), again).status_code == 302
    assert current().body_en == "{case_number}: this is mine, {customer_name}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "questions"),
    [
        (
            {"body_es": "{case_number}: we called the store and they will call you back."},
            {"body_es": ["language_looks_other"]},
        ),
        (
            {"subject_es": NEW["subject_en"], "subject_en": NEW["subject_es"]},
            {"subject_es": ["language_looks_other"], "subject_en": ["language_looks_other"]},
        ),
        (
            {"body_es": NEW["body_en"], "body_en": NEW["body_es"]},
            {"body_es": ["language_looks_other"], "body_en": ["language_looks_other"]},
        ),
        ({"subject_en": "{case_number} Puente"}, {"subject_en": ["language_undecided"]}),
        ({"subject_en": "{case_number}"}, {}),
    ],
)
def test_a_text_in_the_other_language_is_asked_about_before_it_is_live(
    desk: Client, typed: dict[str, str], questions: dict[str, list[str]]
) -> None:
    page = desk.post(address("versions"), NEW | typed)
    if questions:
        assert codes(page) == questions
        assert current().version == 1
        answer = page.context["form"]["asked"].value()
        assert f'name="asked" value="{answer}"' in page.content.decode()
        assert desk.post(address("preview"), NEW | typed).status_code == 200  # nothing is live
        page = desk.post(address("versions"), NEW | typed | {"asked": answer})
    assert page.status_code == 302
    assert current().version == 2


@pytest.mark.django_db
def test_an_old_version_stays_readable(desk: Client, ana: User, sign_in: Any) -> None:
    before = current()
    desk.post(address("versions"), NEW)
    page = sign_in(ana).get(reverse("correspondence_text_version", args=[KEY, 1]))
    assert before.subject_es in page.content.decode()
    assert (
        sign_in(ana).get(reverse("correspondence_text_version", args=[KEY, 3])).status_code == 404
    )


@pytest.mark.django_db
def test_an_old_version_begins_the_next(
    case: Case, desk: Client, ana: User, sign_in: Callable[..., Client]
) -> None:
    first = current()
    desk.post(address("versions"), NEW)
    old = reverse("correspondence_text_version", args=[KEY, 1])
    assert 'name="from" value="1"' in desk.get(old).content.decode()
    page = desk.get(address(), {"from": "1"})
    assert page.context["form"]["body_es"].value() == first.body_es
    assert previews(page)["es"].subject != "Caso 260 000 011"
    assert current().version == 2  # until it is saved
    begun = {name: page.context["form"][name].value() for name in NEW}
    assert desk.post(address("versions"), begun).status_code == 302
    assert (current().version, current().body_es) == (3, first.body_es)

    for unknown in ("0", "4", "9" * 30, "-1", "x"):
        assert desk.get(address(), {"from": unknown}).status_code == 404
    newest = reverse("correspondence_text_version", args=[KEY, 3])
    assert 'name="from"' not in desk.get(newest).content.decode()
    agent = sign_in(ana)
    assert 'name="from"' not in agent.get(old).content.decode()
    assert agent.get(address(), {"from": "2"}).context["form"] is None


@pytest.mark.django_db
def test_colleagues_read_and_preview_without_a_form(case: Case, ana: User, sign_in: Any) -> None:
    page = sign_in(ana).get(address())
    assert page.context["form"] is None
    assert (
        "260 000 011" in previews(page)["es"].subject or str(case) in previews(page)["es"].subject
    )
    assert "textarea" not in page.content.decode()


@pytest.mark.django_db
def test_a_preview_shows_a_real_case_in_both_languages_and_keeps_nothing(
    case: Case, desk: Client
) -> None:
    before = (EmailTemplate.objects.count(), Email.objects.count(), Entry.objects.count())
    page = desk.post(address("preview"), NEW | {"number": str(case)})
    assert page.status_code == 200
    shown = previews(page)
    assert shown["es"].subject == f"Caso {case}"
    assert shown["en"].subject == f"Case {case}"
    assert f"\n\nHola, Carla Peña.\n\nCaso {case}\n\n{case}: le atendió" in shown["es"].text
    assert '<p class="letter-text">Hola, Carla Peña.</p>' in page.content.decode()
    assert "hello, Carla Peña." in shown["en"].text
    assert (EmailTemplate.objects.count(), Email.objects.count(), Entry.objects.count()) == before


@pytest.mark.django_db
def test_a_preview_takes_the_newest_case_or_the_one_named(
    open_case: Callable[..., Case], desk: Client
) -> None:
    first, second = open_case(), open_case()
    assert str(second) in previews(desk.get(address()))["es"].subject
    named = desk.get(address(), {"number": first.number})
    assert str(first) in previews(named)["es"].subject
    for wrong, code in [
        (first.number[:-1] + str((int(first.number[-1]) + 1) % 10), "case_number_check"),
        ("twelve", "case_number_format"),
        ("26000\x00011", "null_characters_not_allowed"),
    ]:
        page = desk.get(address(), {"number": wrong})
        assert (page.status_code, codes(page)) == (422, {"number": [code]})
    unknown = desk.get(address(), {"number": numbers.make(year=2026, running=999_999)})
    assert (unknown.status_code, codes(unknown)) == (422, {"number": ["preview_unknown"]})


@pytest.mark.django_db
def test_a_lease_mail_is_previewed_with_a_lease(
    lease: Lease, dans_lease: Lease, ana: User, sign_in: Any
) -> None:
    page = sign_in(ana).get(address(key="plan_agreed"), {"number": "104477312"})
    assert "104477312" in previews(page)["es"].text
    missing = sign_in(ana).get(address(key="plan_agreed"), {"number": "1"})
    assert (missing.status_code, codes(missing)) == (422, {"number": ["preview_unknown"]})


@pytest.mark.django_db
@pytest.mark.parametrize("key", [KEY, "plan_agreed", "sign_in_code"])
def test_before_the_first_case_a_text_can_be_edited_all_the_same(key: str, desk: Client) -> None:
    page = desk.get(address(key=key))
    assert page.status_code == 200
    assert bool(page.context["previews"]) == (about(kind_of(key)) == About.NOTHING)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_every_placeholder_of_every_mail_can_be_previewed(
    key: str, language: str, case: Case, now: datetime
) -> None:
    found = {About.CASE: case, About.LEASE: case.lease, About.NOTHING: None}[about(kind_of(key))]
    names = ALLOWED[key]
    body = "\n".join(f"{name}: {{{name}}}" for name in names)
    with translation.override("en" if language == "es" else "es"):
        said = preview_said(kind_of(key), found, language=language, now=now)
        mail = render_text(Text("{company}", body), said, language)
    for name in names:
        assert re.search(rf"^{name}: \S", mail.text, re.MULTILINE), name


HOSTILE = [
    "{{ case.lease }}",
    "{{% debug %}}",
    "{% include 'x' %}",
    "{{customer_name}}",
    "%(customer_name)s $customer_name ${{customer_name}} <script>alert(1)</script>",
    "{{0.__class__.__mro__}} {{settings.SECRET_KEY}}",
    "<%= 7*7 %> #{7*7} ${{7*7}} {{7*7}}",
]


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_text_is_executed(text: str, case: Case, desk: Client) -> None:
    """It's refused by name, or appears as it was typed, with doubled braces single."""
    page = desk.post(address("preview"), NEW | {"body_es": f"{{case_number}}\n{text}"})
    if page.status_code == 422:
        assert codes(page)["body_es"][0] in {"placeholder_unknown", "placeholder_braces"}
        return
    as_typed = text.replace("{{", "{").replace("}}", "}")
    assert f"\n{as_typed}\n\n" in previews(page)["es"].text
    assert "<script>alert" not in page.content.decode()
    assert "Carla" not in previews(page)["es"].text


@pytest.mark.django_db
def test_what_a_placeholder_holds_is_text_too(case: Case, desk: Client, lease: Lease) -> None:
    lease.customer.name = "{company} {{ 7*7 }} {% now %} <b>"
    lease.customer.save()
    mail = previews(desk.post(address("preview"), NEW))["en"]
    assert f"\n\n{case}: hello, {{company}} {{{{ 7*7 }}}} {{% now %}} <b>.\n\n" in mail.text
    assert "&lt;b&gt;" in mail.letter.shown


@pytest.mark.django_db
def test_a_long_text_is_saved_shown_and_sent_whole(
    desk: Client, case: Case, irene: User, inbox: Inbox, now: datetime
) -> None:
    line = "Hola, {customer_name}, ya está. " + "1" * 50 + "\n"
    longest = "{case_number}\n" + line * 119
    longest += "." * (10_000 - len(longest))
    assert desk.post(address("versions"), NEW | {"body_es": longest}).status_code == 302
    shown = previews(desk.get(address()))["es"].text
    assert len(shown) > 9_000
    desk.post(address("tests"), {"language": "es"})
    outbox.drain()
    (arrived,) = (each for each in inbox.messages if each.recipients == (irene.email,))
    assert arrived.text.replace("\r\n", "\n").split() == shown.split()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_a_test_goes_to_oneself_for_every_mail_in_either_language(
    key: str, language: str, case: Case, desk: Client, irene: User, inbox: Inbox
) -> None:
    entries = Entry.objects.count()
    before = set(Email.objects.values_list("pk", flat=True))
    assert desk.post(address("tests", key), {"language": language}).status_code == 302
    (test,) = Email.objects.exclude(pk__in=before)
    assert (test.to, test.language, test.template) == (irene.email, language, current(key))
    assert not CaseMail.objects.filter(email=test).exists()
    assert Entry.objects.count() == entries
    later = timezone.now() + timedelta(days=300)
    Email.objects.filter(pk__in=before).update(next_attempt_at=later)
    outbox.drain()
    (arrived,) = inbox.messages
    assert arrived.subject.startswith({"es": "PRUEBA: ", "en": "TEST: "}[language])
    assert arrived.recipients == (irene.email,)
    mail = message_from_bytes(inbox.raw(arrived), policy=default)
    assert mail["In-Reply-To"] is None
    assert mail["Content-Language"] == language


@pytest.mark.django_db
def test_a_test_keeps_what_is_typed_and_not_saved(desk: Client, case: Case) -> None:
    page = desk.post(address("tests"), NEW | {"language": "en", "number": case.number})
    assert page.status_code == 200
    assert page.context["form"]["body_en"].value() == NEW["body_en"]
    assert previews(page)["en"].subject  # of the saved text, as before
    assert Email.objects.get(to="irene@puente.example").template.version == 1
    assert "irene@puente.example" in str(next(iter(get_messages(page.wsgi_request))))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ({}, {"language": ["required"]}),
        ({"language": "fr"}, {"language": ["invalid_choice"]}),
        ({"language": "es", "number": "0"}, {"number": ["case_number_format"]}),
    ],
)
def test_a_test_is_refused(
    posted: dict[str, str], expected: dict[str, list[str]], desk: Client, case: Case
) -> None:
    page = desk.post(address("tests"), posted)
    assert (page.status_code, codes(page)) == (422, expected)
    assert not Email.objects.filter(to="irene@puente.example").exists()


@pytest.mark.django_db
def test_a_test_before_the_first_case_says_why_not(desk: Client) -> None:
    page = desk.post(address("tests"), {"language": "es"})
    assert (page.status_code, codes(page)) == (422, {"__all__": ["preview_none"]})


@pytest.mark.django_db
def test_a_tests_subject_is_marked_however_long(case: Case, now: datetime) -> None:
    said = preview_said(CASE_OPENED, case, language="es", now=now)
    text = Text("x" * 300 + " {case_number}", "x")
    subject = render_text(text, said, "es", is_test=True, kept=CASE_OPENED.kept).subject
    assert subject.startswith("PRUEBA: ")
    assert len(subject) <= LONGEST_SUBJECT
    assert subject.endswith(str(case))


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["versions", "preview", "tests"])
@pytest.mark.parametrize("person", ["ana", "sofia"])
def test_only_administrators_change_and_test(
    part: str, person: str, request: Any, sign_in: Any, case: Case
) -> None:
    client = sign_in(request.getfixturevalue(person))
    assert client.post(address(part), NEW | {"language": "es"}).status_code == 404
    assert current().version == 1


@pytest.mark.django_db
def test_a_text_from_before_a_placeholder_was_lost_can_still_be_opened(
    desk: Client, case: Case, now: datetime
) -> None:
    edited(KEY, now=now, body_es="{case_number} {no_longer_there}")
    page = desk.get(address())
    assert (page.status_code, page.context["previews"]) == (200, [])
    assert "{no_longer_there}" in page.content.decode()
    refused = desk.post(address("preview"), NEW | {"body_es": "{case_number} {no_longer_there}"})
    assert codes(refused) == {"body_es": ["placeholder_unknown"]}


@pytest.mark.django_db
def test_no_such_mail(desk: Client) -> None:
    for name in ("correspondence_text", "correspondence_text_versions"):
        there = reverse(name, args=["nothing"])
        assert desk.get(there).status_code in {404, 405}
        assert desk.post(there).status_code in {404, 405}


def test_a_preview_names_who_opened_the_case(
    open_case: Callable[..., Case], ben: User, now: datetime
) -> None:
    said = preview_said(CASE_OPENED, open_case(by=ben), language="es", now=now)
    assert said.words()["agent_name"] == ben.name


@pytest.mark.requirement("R54")
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_every_mail_goes_in_either_language_with_its_version(
    key: str, language: str, case: Case, now: datetime
) -> None:
    found = {About.CASE: case, About.LEASE: case.lease, About.NOTHING: None}[about(kind_of(key))]
    said = preview_said(kind_of(key), found, language=language, now=now)
    name = f"{key}-{language}"
    mail = outbox.NewMail(
        kind=kind_of(key), said=said, key=name, to="carla@example.com", language=language
    )
    assert outbox.enqueue(mail, now=now)
    email = Email.objects.get(key=name)
    assert (email.language, email.template.version) == (language, 1)
    sent = message_from_bytes(message(email), policy=default)
    assert sent["Content-Language"] == language
    body = sent.get_body(("plain",))
    assert body
    other = {"es": "en", "en": "es"}[language]
    assert guess(body.get_content(), otherwise=other) == (language, True)
