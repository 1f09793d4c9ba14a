"""Wrong, oversized and hostile input through the forms, in both languages.

Each gets an answer in the reader's language next to its field; what was typed stays; none of it is
saved.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from accounts.models import User
from cases import actions, numbers
from cases.enums import CaseStatus, Visibility
from cases.models import CallDraft, Case, Entry, Evidence, HeldUpload, SearchDocument
from common.company_day import business_day
from leases.actions import register_customer
from leases.enums import LanguageSource
from leases.models import Customer, Lease
from mail.models import Email
from mail.outbound.message import message
from tests.cases.evidence.evidence_makers import image_bytes, png_claiming
from tests.mails import edited

SignIn = Callable[[User], Client]
Codes = dict[str, list[str]]

MEGABYTE = 1024 * 1024
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPT = "<script>alert('hola')</script>"
SPEECH = f"Dice que pagó {{$180.00}} dos veces & quiere <b>recibo</b>.\nLlama el lunes. {SCRIPT}"


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def files() -> dict[str, Callable[[], Any]]:
    """The content of the field `evidence`, and the code it's refused with."""
    return {
        "evidence_type": lambda: file("recibo.jpg", SVG),
        "evidence_pixels": lambda: file("foto.png", png_claiming(30_000, 30_000)),
        "evidence_too_large": lambda: file("video.jpg", b"\xff\xd8\xff" + bytes(26 * MEGABYTE)),
        "evidence_empty": lambda: file("vacia.jpg", b""),
        "evidence_unreadable": lambda: file("rota.jpg", image_bytes()[:2000]),
        "evidence_too_many": lambda: [file(f"{n}.jpg", SVG) for n in range(11)],
    }


def codes(form: Any) -> Codes:
    return {name: [e.code for e in each] for name, each in form.errors.as_data().items()}


def beside(page: str, field: str) -> list[str]:
    """The sentences that belong to a field and are tied to it."""
    found = re.search(rf'<ul [^>]*id="[a-z_]+_{field}_error"[^>]*>(.*?)</ul>', page, re.DOTALL)
    return [unescape(each) for each in re.findall(r"<li>(.*?)</li>", found[1])] if found else []


def on_top(page: str) -> str:
    found = re.search(r'<div class="errors".*?</div>', page, re.DOTALL)
    return unescape(found[0]) if found else ""


def assert_refused(answer: Any, expected: Codes, *, form: str, language: str) -> str:
    assert answer.status_code == 422
    page, bound = answer.content.decode(), answer.context[form]
    assert codes(bound) == expected
    assert f'<html lang="{language}"' in page
    with translation.override(language):
        for name, errors in bound.errors.items():
            sentences = [str(sentence) for sentence in errors]
            if name == "__all__" or bound[name].is_hidden:
                assert all(sentence in on_top(page) for sentence in sentences)
            else:
                assert beside(page, name) == sentences
    return page


def saved() -> dict[str, int]:
    """How many rows there are of everything; drafts are meant to keep what was typed, findable."""
    rows = {
        model.__name__: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.db_table not in {"django_session", "cases_calldraft"}
    }
    return rows | {"SearchDocument": SearchDocument.objects.filter(case__isnull=False).count()}


def stored_files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.fixture(params=["es", "en"])
def language(request: pytest.FixtureRequest, db: None) -> str:
    return request.param


@pytest.fixture
def agent(language: str, ana: User, sign_in: SignIn) -> Client:
    ana.language = language
    ana.save()
    return sign_in(ana)


@pytest.fixture
def customer(language: str, carla: Customer, sign_in: SignIn) -> Client:
    carla.user.language = language
    carla.user.save()
    return sign_in(carla.user)


# --- logging a call ------------------------------------------------------------------------------
@pytest.fixture
def address(agent: Client) -> str:
    return agent.post("/calls/").headers["Location"]


def call(about: Lease, **changes: Any) -> dict[str, Any]:
    return {
        "language": "es", "contract": "carla", "lease": about.account_number,
        "kind": "charge_dispute", "channel": "phone", "summary": SPEECH, "visibility": "internal",
        "due_on": "",
    } | changes  # fmt: skip


CALLS: dict[str, tuple[dict[str, Any], Codes]] = {
    "unknown account": ({"lease": "", "contract": "99999999"}, {"contract": ["lease_unknown"]}),
    "unknown name": ({"lease": "", "contract": "Nadie"}, {"contract": ["lease_unknown"]}),
    "invented choice": ({"lease": "99999999"}, {"lease": ["invalid_choice"]}),
    "no account": ({"lease": "", "contract": " "}, {"contract": ["lease_missing"]}),
    "no such day": ({"due_on": "02/30/2027"}, {"due_on": ["invalid"]}),
    "no such ISO day": ({"due_on": "2027-02-30"}, {"due_on": ["invalid"]}),
    "day gone by": ({"due_on": "2020-01-31"}, {"due_on": ["day_past"]}),
    "year 1": ({"due_on": "0001-01-01"}, {"due_on": ["day_past"]}),
    "other kind": ({"kind": "bribery"}, {"kind": ["invalid_choice"]}),
    "other channel": ({"channel": "pigeon"}, {"channel": ["invalid_choice"]}),
    "other language": ({"language": "fr"}, {"language": ["invalid_choice"]}),
    "other readers": ({"visibility": "everybody"}, {"visibility": ["invalid_choice"]}),
    "blank words": ({"summary": " \n\t "}, {"summary": ["required"]}),
    "endless words": ({"summary": "palabra " * 6375}, {"summary": ["max_length"]}),
    "zero byte": (
        {"summary": "a\0b", "contract": "c\0d", "lease": "1\0", "kind": "\0"},
        {
            "summary": ["null_characters_not_allowed"],
            "contract": ["null_characters_not_allowed"],
            "lease": ["null_characters_not_allowed"],
            "kind": ["invalid_choice"],
        },
    ),
}  # fmt: skip


@pytest.mark.requirement("R7", "R13")
@pytest.mark.parametrize("wrong", CALLS)
def test_a_wrong_call_is_refused_beside_its_field(
    wrong: str, agent: Client, address: str, lease: Lease, language: str
) -> None:
    changes, expected = CALLS[wrong]
    before, typed = saved(), call(lease, **changes)
    page = assert_refused(agent.post(address, typed), expected, form="form", language=language)
    assert saved() == before
    for name in ("summary", "contract", "due_on"):
        assert escape(typed[name].strip("\0 \n")) in page
    kept = CallDraft.objects.get().typed
    assert kept["summary"] == typed["summary"].replace("\0", "")


@pytest.mark.requirement("R4")
@pytest.mark.parametrize("code", files())
def test_a_wrong_file_of_a_call_is_refused_and_not_kept(
    code: str, agent: Client, address: str, lease: Lease, language: str, settings: Any
) -> None:
    before = saved()
    typed = call(lease, evidence=files()[code]())
    page = assert_refused(
        agent.post(address, typed), {"evidence": [code]}, form="form", language=language
    )
    assert escape(SPEECH) in page
    assert saved() == before
    assert stored_files(settings.EVIDENCE_ROOT) == []


def test_bad_files_are_named_and_the_good_one_waits_for_the_call(
    agent: Client, address: str, lease: Lease, language: str, settings: Any
) -> None:
    before = saved()
    sent = [file("buena.jpg", image_bytes()), file("mala.jpg", SVG), file("rota.png", b"\x89PNG")]
    answer = agent.post(address, call(lease, evidence=sent))
    expected = {"evidence": ["evidence_type", "evidence_type"]}
    page = assert_refused(answer, expected, form="form", language=language)
    named = [sentence[1:9] for sentence in beside(page, "evidence")]
    assert named == ["mala.jpg", "rota.png"]
    assert saved() == before | {"HeldUpload": 1}
    held = HeldUpload.objects.get()
    assert (held.name, held.form) == ("buena.jpg", address)
    assert len(stored_files(settings.EVIDENCE_ROOT)) == 2  # as it came, and its copy for viewing


def test_an_empty_call_says_all_that_is_missing(agent: Client, address: str, language: str) -> None:
    before = saved()
    expected = {
        name: ["required"] for name in ("language", "kind", "channel", "summary", "visibility")
    } | {"contract": ["lease_missing"]}
    assert_refused(agent.post(address, {}), expected, form="form", language=language)
    assert saved() == before


def test_after_all_that_the_same_call_can_be_finished(
    agent: Client, address: str, lease: Lease, settings: Any
) -> None:
    assert agent.post(address, call(lease, due_on="02/30/2027")).status_code == 422
    assert agent.post(address, call(lease, evidence=file("a.jpg", SVG))).status_code == 422
    spaced = f"  {SPEECH} \n"  # people's spaces are theirs
    good = file("a.jpg", image_bytes((40, 30)))
    done = agent.post(address, call(lease, summary=spaced, evidence=good))
    assert done.status_code == 302
    case = Case.objects.get()
    assert case.entries.get(kind="call").body == spaced
    assert (Evidence.objects.count(), Email.objects.count()) == (1, 1)
    assert len(stored_files(settings.EVIDENCE_ROOT)) == 2


# --- the call bar --------------------------------------------------------------------------------
@pytest.mark.requirement("R13", "R37")
@pytest.mark.parametrize(
    ("code", "searched"),
    [
        ("case_number_check", "260 001 234"),
        ("case_number_check", "206001233"),
        ("case_unknown", numbers.make(year=2026, running=999_999)),
        ("nothing_found", "12345678"),
        ("nothing_found", "Nadie Conocido"),
        ("nothing_found", "nadie@example.com"),
        ("nothing_found", "nadie\0"),
        ("nothing_found", SCRIPT),
    ],
)
def test_the_call_bar_says_why_it_found_nothing(
    code: str, searched: str, agent: Client, language: str
) -> None:
    answer = agent.get("/find/", {"q": searched})
    problem = answer.context["found"].problem
    page = answer.content.decode()
    assert (answer.status_code, problem.code) == (200, code)
    assert f'data-code="{code}"' in page
    assert f'value="{escape(searched)}"' in page
    with translation.override(language):
        assert escape(problem.messages[0]) in page


@pytest.mark.parametrize("path", ["/leases/%00/", "/leases/?q=%00x", "/cases/?kind=%00&view=%00"])
def test_a_zero_byte_in_an_address_finds_nothing(path: str, agent: Client) -> None:
    assert agent.get(path).status_code in {200, 404}
    assert agent.post("/calls/", {"lease": "1\0"}).status_code == 404


# --- a case --------------------------------------------------------------------------------------
def update(case: Case, **changes: Any) -> dict[str, Any]:
    return {
        "version": str(case.version), "seen": "0", "visibility": "public", "language": "es",
        "body": SPEECH, "to_status": "", "due_on": "",
    } | changes  # fmt: skip


UPDATES: dict[str, tuple[dict[str, Any], Codes]] = {
    "status not allowed": ({"to_status": "closed"}, {"to_status": ["case_transition"]}),
    "status by another way": ({"to_status": "escalated"}, {"to_status": ["case_transition"]}),
    "status of its own": ({"to_status": "open"}, {"to_status": ["case_transition"]}),
    "invented status": ({"to_status": "forgotten"}, {"to_status": ["case_transition"]}),
    "no such day": ({"due_on": "02/30/2027"}, {"due_on": ["invalid"]}),
    "endless words": ({"body": "ñ" * 51_000}, {"body": ["max_length"]}),
    "zero byte": ({"body": "a\0b"}, {"body": ["null_characters_not_allowed"]}),
    "nothing at all": ({"body": ""}, {"__all__": ["update_empty"]}),
    "a new status without a word": (
        {"body": "", "to_status": "waiting_store"},
        {"body": ["status_reason"]},
    ),
    "a new status with a note among us": (
        {"visibility": "internal", "to_status": "waiting_store"},
        {"visibility": ["status_reader"]},
    ),
    "a next step of the past": ({"due_on": "2020-02-03"}, {"due_on": ["day_past"]}),
    "resolved with a note among us": (
        {"visibility": "internal", "to_status": "resolved"},
        {"to_status": ["resolve_apart"]},
    ),
    "no version": ({"version": ""}, {"version": ["required"]}),
}


@pytest.mark.requirement("R3")
@pytest.mark.parametrize("wrong", UPDATES)
def test_a_wrong_update_is_refused_beside_its_field(
    wrong: str, agent: Client, open_case: Callable[..., Case], language: str
) -> None:
    changes, expected = UPDATES[wrong]
    case = open_case()
    before, typed = saved(), update(case, **changes)
    if wrong == "no version":
        del typed["version"]
    answer = agent.post(f"/cases/{case.number}/entries/", typed)
    page = assert_refused(answer, expected, form="composer", language=language)
    assert escape(typed["body"].strip("\0")) in page
    assert typed["due_on"] in page
    assert saved() == before
    assert Case.objects.get() == case
    assert Case.objects.get().version == case.version


@pytest.mark.requirement("R4")
@pytest.mark.parametrize("code", files())
def test_a_wrong_file_leaves_words_status_and_mail_unsaved(
    code: str, agent: Client, open_case: Callable[..., Case], language: str, settings: Any
) -> None:
    case = open_case()
    before = saved()
    typed = update(case, to_status="in_progress", evidence=files()[code]())
    answer = agent.post(f"/cases/{case.number}/entries/", typed)
    page = assert_refused(answer, {"evidence": [code]}, form="composer", language=language)
    assert escape(SPEECH) in page
    assert saved() == before
    assert Case.objects.get().status == CaseStatus.OPEN
    assert stored_files(settings.EVIDENCE_ROOT) == []


OTHERS: dict[str, tuple[str, str, dict[str, str], Codes]] = {
    "escalation without a reason": (
        "escalations", "escalation", {"reason": " \n "}, {"reason": ["required"]},
    ),
    "escalation with an endless reason": (
        "escalations", "escalation", {"reason": "x" * 2001}, {"reason": ["max_length"]},
    ),
    "follow-up on no such day": (
        "follow-ups", "follow_up", {"on": "02/30/2027", "message": SPEECH}, {"on": ["invalid"]},
    ),
    "follow-up on a day gone by": (
        "follow-ups", "follow_up", {"on": "2020-02-03", "message": SPEECH},
        {"on": ["follow_up_past"]},
    ),
    "empty follow-up": (
        "follow-ups", "follow_up", {}, {"on": ["required"], "message": ["required"]},
    ),
    "assigned to nobody there is": (
        "assignment", "assignment", {"to": "9" * 30}, {"to": ["invalid_choice"]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("wrong", OTHERS)
def test_the_cases_other_forms_refuse_likewise(
    wrong: str, agent: Client, open_case: Callable[..., Case], language: str
) -> None:
    place, form, typed, expected = OTHERS[wrong]
    case = open_case()
    before = saved()
    answer = agent.post(f"/cases/{case.number}/{place}/", typed)
    page = assert_refused(answer, expected, form=form, language=language)
    for value in (typed.get("message", ""), typed.get("reason", "").strip()):
        assert escape(value) in page
    assert saved() == before
    assert Case.objects.get().version == case.version


def test_a_case_is_not_given_to_a_customer(
    agent: Client, open_case: Callable[..., Case], carla: Customer, language: str
) -> None:
    case = open_case()
    answer = agent.post(f"/cases/{case.number}/assignment/", {"to": str(carla.user_id)})
    expected = {"to": ["invalid_choice"]}
    assert_refused(answer, expected, form="assignment", language=language)


def test_of_two_agents_saving_the_same_case_the_second_keeps_both_texts(
    agent: Client, open_case: Callable[..., Case], ben: User, language: str, now: datetime
) -> None:
    case = open_case()
    loaded = agent.get(f"/cases/{case.number}/").context["composer"]
    first = actions.Update(body="Ben fue más rápido.", language="es")
    actions.update_case(case=case, version=case.version, update=first, by=ben, now=now)
    before = saved()

    tomorrow = (business_day(timezone.now()) + timedelta(days=1)).isoformat()
    typed = update(case, seen=str(loaded["seen"].value()), to_status="in_progress", due_on=tomorrow)
    stale = agent.post(f"/cases/{case.number}/entries/", typed)
    page, composer = stale.content.decode(), stale.context["composer"]
    assert stale.status_code == 409
    assert codes(composer) == {"__all__": ["case_stale"]}
    with translation.override(language):
        assert str(actions.StaleCase().messages[0]) in on_top(page)
    assert escape(SPEECH) in page
    assert "Ben fue más rápido." in page
    assert page.count("data-new") == 1  # what came in the meantime is marked
    assert saved() == before
    assert Case.objects.get().status == CaseStatus.OPEN

    again = {name: composer[name].value() for name in ("version", "seen", "body", "to_status")}
    saved_now = agent.post(f"/cases/{case.number}/entries/", typed | again)
    assert saved_now.status_code == 302
    bodies = set(Entry.objects.exclude(body="").values_list("body", flat=True))
    assert {SPEECH, "Ben fue más rápido."} <= bodies
    assert Case.objects.get().status == CaseStatus.IN_PROGRESS


@pytest.mark.parametrize("seen", ["", "x", "9" * 5000, "²", "-1"])
def test_what_a_stale_page_claims_to_have_seen_breaks_nothing(
    seen: str, agent: Client, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    typed = update(case, version="77", seen=seen)
    assert agent.post(f"/cases/{case.number}/entries/", typed).status_code == 409


# --- the portal ----------------------------------------------------------------------------------
MESSAGES: dict[str, tuple[str, Codes]] = {
    "nothing": ("", {"__all__": ["update_empty"]}),
    "blanks": (" \r\n ", {"__all__": ["update_empty"]}),
    "endless words": ("ñ" * 51_000, {"body": ["max_length"]}),
    "zero byte": ("a\0b", {"body": ["null_characters_not_allowed"]}),
}


@pytest.mark.requirement("R53", "R54")
@pytest.mark.parametrize("wrong", MESSAGES)
def test_a_customers_wrong_message_is_refused(
    wrong: str, customer: Client, open_case: Callable[..., Case], language: str
) -> None:
    body, expected = MESSAGES[wrong]
    case = open_case()
    before = saved()
    answer = customer.post(f"/portal/cases/{case.number}/messages/", {"body": body})
    page = assert_refused(answer, expected, form="form", language=language)
    assert body.strip("\0 \r\n") in page
    assert saved() == before


@pytest.mark.requirement("R53", "R54")
@pytest.mark.parametrize("code", files())
def test_a_customers_wrong_file_is_refused_and_the_message_kept(
    code: str, customer: Client, open_case: Callable[..., Case], language: str, settings: Any
) -> None:
    case = open_case()
    before = saved()
    typed = {"body": SPEECH, "evidence": files()[code]()}
    answer = customer.post(f"/portal/cases/{case.number}/messages/", typed)
    page = assert_refused(answer, {"evidence": [code]}, form="form", language=language)
    assert escape(SPEECH) in page
    assert saved() == before
    assert stored_files(settings.EVIDENCE_ROOT) == []


# --- hostile words -------------------------------------------------------------------------------
def test_scripts_are_shown_as_the_text_they_are(
    agent: Client, customer: Client, open_case: Callable[..., Case]
) -> None:
    case = open_case(summary=SCRIPT, visibility=Visibility.PUBLIC)
    agent.post(f"/cases/{case.number}/entries/", update(case, body=f"</textarea>{SCRIPT}"))
    agent.post(f"/cases/{case.number}/follow-ups/", {"on": "2031-01-31", "message": SCRIPT})
    agent.post(f"/cases/{case.number}/escalations/", {"reason": SCRIPT})
    named = file("<img src=x onerror=alert(1)>.jpg", image_bytes((40, 30)))
    sent = {"body": SCRIPT, "evidence": named}
    assert customer.post(f"/portal/cases/{case.number}/messages/", sent).status_code == 302
    Customer.objects.update(name=SCRIPT)
    User.objects.update(name=SCRIPT)
    started = agent.post("/calls/").headers["Location"]
    refused = agent.post(started, {"summary": f"</textarea>{SCRIPT}", "contract": f'">{SCRIPT}'})
    pages = [refused.content.decode()]
    for path in (f"/cases/{case.number}/", "/cases/", f"/leases/{case.lease}/", "/leases/",
                 started, f"/leases/?q={SCRIPT}"):  # fmt: skip
        pages.append(agent.get(path).content.decode())
    for path in (f"/portal/cases/{case.number}/", "/portal/", f"/portal/leases/{case.lease}/"):
        pages.append(customer.get(path).content.decode())
    for page in pages:
        assert "alert(" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert page.count("</textarea>") == page.count("<textarea")
    for email in Email.objects.select_related("template"):
        mail = message_from_bytes(message(email), policy=default)
        assert "<script>alert" not in mail.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    "name", ["Carla\r\nBcc: todos@example.com", "Carla\n", "Carla\rPeña", "Carla\u2028Peña"]
)
def test_a_name_of_several_lines_is_no_name(name: str, db: None) -> None:
    with pytest.raises(ValidationError) as refused:
        register_customer(
            name=name, email="c@example.com", phone="", language="es",
            language_source=LanguageSource.ASKED,
        )  # fmt: skip
    assert [error.code for error in refused.value.error_dict["name"]] == ["line_break"]
    assert not User.objects.filter(email="c@example.com").exists()


def test_a_line_break_in_a_name_starts_no_header(
    open_case: Callable[..., Case], lease: Lease, ana: User, now: datetime
) -> None:
    """Names that came in another way, in a subject edited to contain one."""
    evil = "Carla\r\nBcc: todos@example.com\r\n\r\n<p>Gratis"
    ana.name = lease.customer.name = evil
    subject = "{customer_name} {case_number} {agent_name}"
    edited(
        "case_opened", now=now, subject_en=subject, subject_es=subject,
        body_en=subject, body_es=subject,
    )  # fmt: skip
    open_case(by=ana)
    mail = message_from_bytes(message(Email.objects.get()), policy=default)
    assert mail["Bcc"] is None
    assert mail["To"] == "carla@example.com"
    (subject,) = mail.get_all("Subject")
    assert subject.startswith("Carla Bcc: todos@example.com <p>Gratis 26")


@pytest.mark.parametrize("missing", ["file name", "several lines"])
def test_a_files_name_never_breaks_its_header(
    missing: str, agent: Client, open_case: Callable[..., Case], ana: User, now: datetime
) -> None:
    case = open_case()
    name = {"file name": "", "several lines": 'a"\r\nSet-Cookie: x=1\r\n.jpg'}[missing]
    upload = file("x.jpg", image_bytes((40, 30)))
    upload._name = name
    agent.post(f"/cases/{case.number}/entries/", update(case, evidence=upload))
    for each in Evidence.objects.all():
        answer = agent.get(f"/evidence/{each.pk}/")
        b"".join(answer.streaming_content)
        assert "Set-Cookie" not in answer.headers
        assert answer["Content-Disposition"].startswith("attachment")
        assert "\n" not in answer["Content-Disposition"]
