"""A reply becomes an entry of its case; everything else waits for a person. Nothing is dropped."""

from __future__ import annotations

import io
import logging
import re
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.models import User
from cases import actions, evidence
from cases.actions.receive_mail import Arrived, receive_mail
from cases.enums import (
    CaseStatus,
    Channel,
    EntryKind,
    Event,
    InboundSource,
    InboundState,
    Visibility,
)
from cases.evidence import open_original
from cases.models import Case, Entry, Evidence, InboundMail
from cases.templatetags.cases import refused_files
from leases.models import Customer
from mail import reply_address
from mail.enums import EmailState, ParkReason
from mail.models import Email, SuppressedAddress
from mail.outbound.message import message
from tests.cases.evidence.evidence_makers import image_bytes
from tests.clock import NOW
from tests.mail import letters
from tests.mail.letters import FAIL, PASS, letter
from tests.moves import move
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _read(settings: Any) -> None:
    settings.INBOUND_ADDRESS = "respuestas@puente.example"
    settings.INBOUND_AUTHSERV_IDS = [letters.MX]


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    """Carla's."""
    return open_case()


@pytest.fixture
def told(case: Case) -> Email:
    """The mail of ours that she answers."""
    return Email.objects.get(casemail__case=case)


@pytest.fixture
def receive(now: datetime) -> Callable[..., InboundMail]:
    def received(raw: bytes, **fields: Any) -> InboundMail:
        values = {"source": InboundSource.MAILBOX, "now": now, "raw": raw} | fields
        return receive_mail(Arrived(**values))

    return received


Receive = Callable[..., InboundMail]


def answer(email: Email, text: str = "Ya pagué en la tienda.", **fields: Any) -> bytes:
    """As a mail program replies: to the address it was asked to use, and with the id of our
    mail.
    """
    ours = message_from_bytes(message(email), policy=default)
    return letter(
        text,
        **{
            "To": str(ours["Reply-To"]),
            "In_Reply_To": str(ours["Message-ID"]),
            "References": f"{ours['References']} {ours['Message-ID']}",
        }
        | fields,
    )


def files_of(settings: Any) -> list[Path]:
    return [path for path in Path(settings.EVIDENCE_ROOT).rglob("*") if path.is_file()]


def parked(mail: InboundMail) -> str:
    assert mail.state == InboundState.PARKED
    assert mail.entry is None
    return mail.reason


# --- entries -------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_reply_is_a_public_entry_of_its_case(
    receive: Receive, told: Email, case: Case, carla: Customer, now: datetime, language: str
) -> None:
    text = letters.GMAIL_ES if language == "es" else letters.GMAIL_EN
    mail = receive(answer(told, text))
    entry = mail.entry
    assert entry
    assert (mail.state, mail.case, mail.answers) == (InboundState.ENTERED, case, told)
    assert (entry.case, entry.kind, entry.visibility) == (case, EntryKind.MESSAGE, "public")
    assert (entry.author, entry.channel, entry.language) == (carla.user, Channel.EMAIL, language)
    assert "Hola Carla" not in entry.body
    assert "> " in entry.params["quoted"]
    case.refresh_from_db()
    assert case.customer_wrote_at == now
    assert case.version == 2


def test_nobody_waits_for_a_case_while_its_language_is_guessed(
    receive: Receive, told: Email, case: Case, ana: User, now: datetime
) -> None:
    guessed_in: list[bool] = []
    language = sys.modules["cases.actions.add_customer_message"]
    guess = language.guess

    def noted(*args: Any, **fields: Any) -> Any:
        guessed_in.append(any("FOR UPDATE" in query["sql"] for query in asked))
        return guess(*args, **fields)

    stranger = receive(letter(From="x@example.net"))
    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as asked:
        patch.setattr(language, "guess", noted)
        receive(answer(told, Message_ID="<2@example.com>"))
    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as asked:
        patch.setattr(language, "guess", noted)
        actions.put_into_case(mail=stranger, case=case, by=ana, now=now)
    assert guessed_in == [False, False]


@pytest.mark.parametrize(
    "fields",
    [
        {"To": "support@puente.example"},  # by the id of our mail
        {"In_Reply_To": None, "References": None, **PASS},  # by the signed address
        {"To": "x@y.example", "In_Reply_To": None},  # by the thread
    ],
)
def test_each_proof_is_enough(receive: Receive, told: Email, fields: dict[str, Any]) -> None:
    assert receive(answer(told, **fields)).state == InboundState.ENTERED


def test_whom_it_is_sent_to_counts_more_than_its_thread(
    receive: Receive, told: Email, open_case: Callable[..., Case]
) -> None:
    other = open_case()
    mail = receive(answer(told, To=reply_address.make(other.number, now=NOW)))
    assert (mail.state, mail.case) == (InboundState.ENTERED, other)
    assert mail.answers is None


@pytest.mark.parametrize("thread", [True, False])
def test_a_mail_to_several_cases_waits_for_somebody(
    receive: Receive,
    told: Email,
    case: Case,
    open_case: Callable[..., Case],
    ana: User,
    now: datetime,
    thread: bool,
) -> None:
    other = open_case()
    theirs, hers = (reply_address.make(each.number, now=NOW) for each in (other, case))
    to = f"{theirs}, <{hers}>"
    fields: dict[str, Any] = {} if thread else {"In_Reply_To": None, "References": None}
    mail = receive(answer(told, To=to, **fields))
    assert parked(mail) == ParkReason.SEVERAL
    assert mail.case == (case if thread else other)  # proposed
    entry = actions.put_into_case(mail=mail, case=other, by=ana, now=now)
    assert (entry.visibility, entry.author) == (Visibility.PUBLIC, other.lease.customer.user)
    twice = f"<{hers}>, {hers.upper()}"
    once = receive(answer(told, To=twice, Message_ID="<2@example.com>"))
    assert once.state == InboundState.ENTERED


def test_the_address_of_the_envelope_counts(receive: Receive, case: Case) -> None:
    address = reply_address.make(case.number, now=NOW).upper()
    assert receive(letter(**PASS), envelope_to=[address]).state == InboundState.ENTERED
    again = letter(Message_ID="<2@example.com>", Delivered_To=address, **PASS)
    assert receive(again).state == InboundState.ENTERED


@pytest.mark.parametrize(
    "status", [CaseStatus.WAITING_CUSTOMER, CaseStatus.RESOLVED, CaseStatus.CLOSED]
)
def test_it_takes_the_case_back(
    receive: Receive, told: Email, case: Case, sofia: User, now: datetime, status: CaseStatus
) -> None:
    steps = [CaseStatus.IN_PROGRESS, CaseStatus.RESOLVED, CaseStatus.CLOSED]
    if status == CaseStatus.WAITING_CUSTOMER:
        steps = [CaseStatus.IN_PROGRESS, status]
    for version, step in enumerate(steps[: steps.index(status) + 1], start=1):
        update = move(step, due_on=now.date())
        actions.update_case(case=case, version=version, update=update, by=sofia, now=now)
    receive(answer(told))
    case.refresh_from_db()
    assert case.status == CaseStatus.IN_PROGRESS


def test_a_mail_with_nothing_but_a_photo(receive: Receive, told: Email) -> None:
    raw = answer(told, "", attachments=[("recibo.png", image_bytes((40, 30), file_format="PNG"))])
    entry = receive(raw).entry
    assert entry
    assert (entry.kind, entry.body) == (EntryKind.EVIDENCE, "")
    assert entry.evidence.get().name == "recibo.png"


def test_a_photo_in_a_mail_sent_as_a_file(receive: Receive, told: Email) -> None:
    photo = ("recibo.png", image_bytes((40, 30), file_format="PNG"))
    inner = letter("No hay devolución.", From="Luna <ventas@luna.example>", attachments=[photo])
    mail = message_from_bytes(answer(told, "Miren."), policy=default)
    mail.add_attachment(message_from_bytes(inner, policy=default))
    entry = receive(mail.as_bytes()).entry
    assert entry
    assert entry.body.startswith("Miren.")
    assert entry.body.endswith("Subject: Re: Su caso\n\nNo hay devolución.")
    assert entry.evidence.get().name == "recibo.png"
    assert "refused" not in entry.params


def test_what_is_no_evidence_is_named_and_kept_in_the_original(
    receive: Receive, told: Email, settings: Any
) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("../../virus.exe", "MZ")
    raw = answer(
        told,
        attachments=[
            ("recibo.jpg", image_bytes((40, 30))),
            ("fotos.zip", archive.getvalue()),
            ("../leer.html", b"<script>alert(1)</script>"),
            ("vacío.png", b""),
        ],
    )
    mail = receive(raw)
    assert mail.entry
    assert [file.name for file in mail.entry.evidence.all()] == ["recibo.jpg"]
    refused = mail.entry.params["refused"]
    assert [(each["name"], each["code"]) for each in refused] == [
        ("fotos.zip", "evidence_type"),
        ("leer.html", "evidence_type"),
        ("vacío.png", "evidence_empty"),
    ]
    with open_original(mail.original, root=settings.EVIDENCE_ROOT) as original:
        assert original.read() == raw


@pytest.mark.requirement("R4")
def test_a_file_of_a_duplicate_arrives_where_it_goes_on(
    receive: Receive, told: Email, case: Case, open_case: Callable[..., Case], ana: User,
    now: datetime,
) -> None:  # fmt: skip
    """Also one that the duplicate already has: there, nobody looks at it anymore."""
    photo = ("recibo.png", image_bytes((40, 30), file_format="PNG"))
    receive(answer(told, attachments=[photo]))
    goes_on = open_case()
    actions.merge_case(case=case, into=goes_on, by=ana, now=now)
    again = answer(told, "Otra vez.", attachments=[photo], Message_ID="<CAK-2@mail.example.com>")
    mail = receive(again)
    assert (mail.state, mail.case) == (InboundState.ENTERED, goes_on)
    assert mail.entry
    assert mail.entry.evidence.count() == 1


def test_a_file_that_the_case_has_already_is_named_and_not_stored_again(
    receive: Receive, told: Email
) -> None:
    """As when someone answers twice with the same photo."""
    photo = ("recibo.png", image_bytes((40, 30), file_format="PNG"))
    receive(answer(told, attachments=[photo]))
    again = answer(told, "Otra vez.", attachments=[photo], Message_ID="<CAK-2@mail.example.com>")
    entry = receive(again).entry
    assert entry
    assert (entry.body, entry.evidence.count()) == ("Otra vez.", 0)
    [refused] = refused_files(entry)
    assert refused["name"] == "recibo.png"
    assert "has been in the case since " in refused["problem"]
    assert Evidence.objects.count() == 1


def test_the_same_file_twice_in_one_mail_is_kept_once_and_named(
    receive: Receive, told: Email
) -> None:
    photo = image_bytes((40, 30), file_format="PNG")
    entry = receive(answer(told, attachments=[("recibo.png", photo), ("logo.png", photo)])).entry
    assert entry
    assert [each.name for each in entry.evidence.all()] == ["recibo.png"]
    assert entry.params["refused"] == [
        {"name": "logo.png", "code": "evidence_twice", "params": {"first": "recibo.png"}}
    ]


def test_the_eleventh_file_is_named(receive: Receive, told: Email, settings: Any) -> None:
    settings.EVIDENCE_MAX_FILES = 1
    files = [(f"{n}.png", image_bytes((4, 3), file_format="PNG")) for n in range(2)]
    entry = receive(answer(told, attachments=files)).entry
    assert entry
    assert entry.params["refused"] == [
        {"name": "1.png", "code": "evidence_too_many", "params": {"most": 1}}
    ]


def test_no_more_files_are_looked_at_than_can_be_taken(
    receive: Receive, told: Email, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EVIDENCE_MAX_FILES = 2
    looked: list[str] = []
    inspect = evidence.inspect

    def counted(*args: Any, name: str, **fields: Any) -> Any:
        looked.append(name)
        return inspect(*args, name=name, **fields)

    monkeypatch.setattr(evidence, "inspect", counted)
    files = [(f"{n}.zip", b"PK\x03\x04") for n in range(30)]
    entry = receive(answer(told, attachments=files)).entry
    assert entry
    assert looked == ["0.zip", "1.zip"]
    codes = [each["code"] for each in entry.params["refused"]]
    assert codes == ["evidence_type"] * 2 + ["evidence_too_many"] * 28


def test_all_files_of_a_mail_share_one_deadline(
    receive: Receive, told: Email, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.actions.mail_words.SECONDS", 0.0)
    photo = image_bytes((4, 3), file_format="PNG")
    entry = receive(answer(told, attachments=[("recibo.png", photo)])).entry
    assert entry
    assert [each["name"] for each in entry.params["refused"]] == ["recibo.png"]
    assert not entry.evidence.exists()


def test_a_logo_of_the_signature_is_no_evidence(receive: Receive, told: Email) -> None:
    """A photo pasted into the text is: HTML shows it the same way."""
    logo, photo = image_bytes((40, 30)), image_bytes((400, 300)) + bytes(40_000)
    mail = EmailMessage()
    mail.set_content("Ya pagué.")
    mail.add_alternative('<p>Ya pagué.<img src="cid:l@x"><img src="cid:p@x">', subtype="html")
    page = mail.get_payload()[1]  # type: ignore[index]
    for name, content, cid in (("l.jpg", logo, "<l@x>"), ("p.jpg", photo, "<p@x>")):
        page.add_related(content, "image", "jpeg", cid=cid, filename=name)  # type: ignore[union-attr]
    mail.add_attachment(logo, "image", "jpeg", filename="sent.jpg")
    head = answer(told).split(b"\nContent-Type", 1)[0]
    entry = receive(head + b"\n" + mail.as_bytes()).entry
    assert entry
    assert sorted(file.name for file in entry.evidence.all()) == ["p.jpg", "sent.jpg"]
    assert "refused" not in entry.params


def test_a_worker_out_of_time_leaves_the_mail_for_the_next_round(
    receive: Receive, told: Email, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*args: Any, **fields: Any) -> None:
        raise SoftTimeLimitExceeded

    before = files_of(settings)
    for place in ("cases.actions.receive_mail.checked", "mail.inbound.letter.read_body"):
        module, name = place.rsplit(".", 1)
        with monkeypatch.context() as patch:
            patch.setattr(sys.modules[module], name, late)
            with pytest.raises(SoftTimeLimitExceeded):
                receive(answer(told))
    assert not InboundMail.objects.exists()
    assert files_of(settings) == before


def test_a_very_long_mail_is_cut_and_says_so(receive: Receive, told: Email) -> None:
    entry = receive(answer(told, "palabra " * 20_000)).entry
    assert entry
    assert len(entry.body) == 50_000
    assert entry.params["cut"] is True


# --- once ----------------------------------------------------------------------------------------
def test_the_same_mail_by_both_ways_is_one_entry(
    receive: Receive, told: Email, case: Case, settings: Any
) -> None:
    raw = answer(told)
    first = receive(raw)
    kept = files_of(settings)
    again = receive(b"Received: by a provider\r\n" + raw, source=InboundSource.WEBHOOK)
    assert again == first
    assert case.entries.filter(channel=Channel.EMAIL).count() == 1
    assert files_of(settings) == kept


def test_a_mail_with_a_file_of_text_and_a_report_by_both_ways(
    receive: Receive, told: Email, case: Case, now: datetime
) -> None:
    """A mailbox passes lines on as they came, a provider ends them as its own machine does."""
    reply = answer(told).replace(
        b'Content-Type: text/plain; charset="utf-8"',
        b"Content-Type: multipart/mixed; boundary=x\n\n"
        b"--x\nContent-Type: text/plain; charset=utf-8",
    ) + (
        b"\n--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename=notas.txt\n\n"
        b"uno\ndos\n\n--x--\n"
    )
    for raw in (reply, dsn(sent(told, now))):
        by_mailbox = receive(raw.replace(b"\n", b"\r\n"))
        assert by_mailbox.state == InboundState.ENTERED
        assert receive(raw, source=InboundSource.WEBHOOK) == by_mailbox
    assert case.entries.filter(body__endswith="[notas.txt]\nuno\ndos").count() == 1
    assert case.entries.filter(event=Event.MAIL_BOUNCED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_mail_at_the_same_moment(
    receive: Receive, told: Email, case: Case, settings: Any
) -> None:
    photo = ("recibo.png", image_bytes((40, 30), file_format="PNG"))
    raw, strange = answer(told, attachments=[photo]), letter(From="x@evil.example")
    found = at_once(*[lambda: receive(raw)] * 4)
    assert {mail.pk for mail in found if isinstance(mail, InboundMail)} == {
        InboundMail.objects.get().pk
    }
    assert len([mail for mail in found if isinstance(mail, InboundMail)]) == 4
    assert case.entries.filter(channel=Channel.EMAIL).count() == Evidence.objects.count() == 1
    found = at_once(*[lambda: receive(strange)] * 4)
    assert InboundMail.objects.filter(state=InboundState.PARKED).count() == 1
    assert len([mail for mail in found if isinstance(mail, InboundMail)]) == 4
    assert len(files_of(settings)) == 2 + 2  # two mails; a photo and its view


def test_nothing_is_left_of_a_mail_the_disk_could_not_take(
    receive: Receive, told: Email, case: Case, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    settings.EVIDENCE_ROOT = tmp_path / "file" / "evidence"
    with pytest.raises(Exception, match="save this file"):
        receive(answer(told))
    assert not InboundMail.objects.exists()
    assert not case.entries.filter(channel=Channel.EMAIL).exists()


# --- parked --------------------------------------------------------------------------------------
def test_a_number_alone_opens_nothing(receive: Receive, case: Case) -> None:
    mail = receive(letter(Subject=f"Re: caso {case.spoken_number}"))
    assert parked(mail) == ParkReason.NO_CASE
    assert mail.case == case  # proposed
    thread = f"<case-{case.number}@127.0.0.1>"
    mail = receive(letter(References=thread, Message_ID="<2@example.com>"))
    assert parked(mail) == ParkReason.NO_CASE
    assert mail.case == case
    forged = f"respuestas+{case.number}-aaaaaaaaaaaaaaaa@puente.example"
    assert parked(receive(letter(To=forged, Message_ID="<3@example.com>"))) == ParkReason.NO_CASE


@pytest.mark.parametrize(
    "from_",
    [
        "Dan Miller <dan@example.com>",  # another customer
        "Ana Torres <ana@puente.example>",  # an agent, or so it says
        '"carla@example.com" <evil@example.net>',
        "carla@example.com, evil@example.net",
        "carla@example.com <evil@example.net>",
    ],
)
def test_who_is_not_the_customer_is_a_stranger(
    receive: Receive, told: Email, case: Case, dan: Customer, from_: str
) -> None:
    line = next(line for line in answer(told).splitlines() if line.startswith(b"From:"))
    mail = receive(answer(told).replace(line, f"From: {from_}".encode()))
    assert parked(mail) == ParkReason.STRANGER
    assert mail.case == case
    assert not case.entries.filter(channel=Channel.EMAIL).exists()


def test_a_sender_their_own_domain_denies_is_a_stranger(receive: Receive, told: Email) -> None:
    found = "mx.puente.example; dmarc=fail header.from=example.com"
    raw = answer(told, Authentication_Results=found)
    assert parked(receive(raw)) == ParkReason.STRANGER


BRACKETS = b"To: " + b"(" * 990 + b"\n"
OTHER = {"From": "carla@example.com", "Sender": "evil@example.net"}


@pytest.mark.parametrize("forged", [FAIL, OTHER])
@pytest.mark.parametrize("other", ["no_case", "too_large", "brackets", "broken"])
def test_a_forged_mail_is_a_strangers_whatever_else_it_is(
    receive: Receive,
    told: Email,
    monkeypatch: pytest.MonkeyPatch,
    forged: dict[str, str],
    other: str,
) -> None:
    with monkeypatch.context() as patch:
        if other == "broken":
            patch.setattr(sys.modules[receive_mail.__module__], "match", lambda *args, **_: 1 / 0)
        size = 2**30 if other == "too_large" else None
        mail = receive(BRACKETS * (other == "brackets") + letter(**forged), size=size)
    assert parked(mail) == ParkReason.STRANGER


def test_any_number_of_brackets_can_be_read(receive: Receive, case: Case) -> None:
    address = reply_address.make(case.number, now=NOW)
    mail = receive(BRACKETS + letter(Cc=f"x <{address}>", **PASS))
    assert mail.state == InboundState.ENTERED


def test_a_disabled_customer_is_a_stranger(receive: Receive, told: Email, carla: Customer) -> None:
    User.objects.filter(pk=carla.user_id).update(is_active=False)
    assert parked(receive(answer(told))) == ParkReason.STRANGER


def test_machines_are_parked_and_never_answered(receive: Receive, told: Email) -> None:
    mails = Email.objects.count()
    mail = receive(answer(told, Subject="Respuesta automática: fuera de la oficina"))
    assert parked(mail) == ParkReason.AUTOMATIC
    assert parked(receive(answer(told, Auto_Submitted="auto-replied"))) == ParkReason.AUTOMATIC
    assert parked(receive(answer(told, Message_ID="<2@x>"), envelope_from="")) == ParkReason.BOUNCE
    assert Email.objects.count() == mails


def test_our_own_mails_are_parked(receive: Receive, told: Email) -> None:
    assert parked(receive(message(told))) == ParkReason.OWN
    loop = answer(told, From=reply_address.make("260001233", now=NOW))
    assert parked(receive(loop)) == ParkReason.OWN
    copied = answer(told, Message_ID=f"<{told.pk}@127.0.0.1>")
    assert parked(receive(copied)) == ParkReason.OWN


def test_a_reply_that_only_quotes_says_nothing(receive: Receive, told: Email) -> None:
    quoted = letters.GMAIL_ES[letters.GMAIL_ES.index("El mié") :]
    assert parked(receive(answer(told, quoted))) == ParkReason.EMPTY


def test_what_nobody_here_can_open_waits(receive: Receive, told: Email, case: Case) -> None:
    raw = answer(told).replace(b"text/plain", b"application/pkcs7-mime; name=smime.p7m")
    assert parked(receive(raw)) == ParkReason.UNREADABLE
    assert not case.entries.filter(channel=Channel.EMAIL).exists()


def test_too_many_in_an_hour_wait(
    receive: Receive, told: Email, settings: Any, now: datetime
) -> None:
    settings.INBOUND_PER_HOUR = 2
    mails = [receive(answer(told, Message_ID=f"<{n}@example.com>")) for n in range(3)]
    assert [mail.reason for mail in mails] == ["", "", ParkReason.TOO_MANY]
    later = receive(answer(told, Message_ID="<4@example.com>"), now=now + timedelta(hours=1))
    assert later.state == InboundState.ENTERED


def test_a_monster_is_parked_with_its_original(receive: Receive, settings: Any) -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(10_000)
    )
    mail = receive(b"From: carla@example.com\n" + nested)
    assert parked(mail) == ParkReason.UNREADABLE
    assert mail.sender == "carla@example.com"
    assert mail.size == len(nested) + 24


def test_of_a_mail_too_large_its_head_and_size_are_kept(receive: Receive, told: Email) -> None:
    mail = receive(answer(told), size=30 * 2**20)
    assert parked(mail) == ParkReason.UNREADABLE
    assert (mail.size, mail.sender) == (30 * 2**20, "carla@example.com")
    assert mail.case == told.casemail.case


def test_a_poison_mail_is_parked(
    receive: Receive, told: Email, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever breaks in our code, this mail waits for a person and the next one comes in."""

    def broken(*args: Any, **fields: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch, caplog.at_level(logging.CRITICAL):
        patch.setattr(sys.modules[receive_mail.__module__], "checked", broken)
        assert parked(receive(answer(told))) == ParkReason.UNREADABLE
    assert receive(answer(told, Message_ID="<2@example.com>")).state == InboundState.ENTERED


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(raw=st.binary(max_size=600))
def test_whatever_comes_is_kept(receive: Receive, settings: Any, raw: bytes) -> None:
    mail = receive(raw)
    assert InboundMail.objects.filter(pk=mail.pk, state=InboundState.PARKED).exists()
    with open_original(mail.original, root=settings.EVIDENCE_ROOT) as original:
        assert original.read() == raw


# --- delivery reports ----------------------------------------------------------------------------
def dsn(email: Email, *, to: str = "", said: str | None = None, **fields: str) -> bytes:
    values = {
        "to": to or reply_address.make_bounce(email.pk),
        "recipient": email.to,
        "action": "failed",
        "status": "5.1.1",
        "email_id": str(email.pk),
    } | fields
    made = letters.DSN.format(**values)
    if said is not None:
        made = re.sub(r"(?m)^Diagnostic-Code: .*", f"Diagnostic-Code: {said}", made)
    return made.encode()


def sent(email: Email, now: datetime) -> Email:
    Email.objects.filter(pk=email.pk).update(state=EmailState.SENT, sent_at=now)
    return email


@pytest.mark.parametrize("to", ["", "support@puente.example"])
def test_a_mail_that_came_back_is_told_on_its_case(
    receive: Receive, told: Email, case: Case, now: datetime, to: str
) -> None:
    mail = receive(dsn(sent(told, now), to=to))
    assert mail.entry
    assert (mail.entry.event, mail.entry.visibility) == (Event.MAIL_BOUNCED, Visibility.INTERNAL)
    assert (mail.reason, mail.answers) == (ParkReason.BOUNCE, told)
    assert SuppressedAddress.objects.get().address == "carla@example.com"
    told.refresh_from_db()
    assert told.state == EmailState.FAILED
    other = receive(dsn(told, to=to, status="5.2.2"))  # the same mail reported once more
    assert parked(other) == ParkReason.BOUNCE
    assert Entry.objects.filter(event=Event.MAIL_BOUNCED).count() == 1


@pytest.mark.parametrize(
    ("status", "said", "is_dead"),
    [
        ("5.1.1", "smtp; 550 5.1.1 user unknown", True),
        ("5.1.10", "", True),
        ("5.2.1", "smtp; 550 5.2.1 account disabled", True),
        ("5.0.0", "smtp; 550 5.1.1 nobody here", True),
        ("5.0.0", "smtp; 550 Mailbox carla does not exist", True),
        ("5.1.0", "smtp; 550 5.7.1 blocked", False),
        ("5.0.0", "smtp; 554 transaction failed", False),
        ("5.1.8", "smtp; 553 5.1.8 sender's domain not found", False),
        ("5.2.2", "smtp; 552 5.2.2 mailbox full", False),
        ("4.2.2", "smtp; 452 4.2.2 mailbox full", False),
        ("4.0.0", "smtp; DNS type 'mx' lookup responded with code NXDOMAIN", False),
        ("5.4.7", "smtp; delivery time expired", False),
        ("5.6.0", "smtp; 554 5.6.0 content", False),
        ("5.7.26", "smtp; 550 5.7.26 unauthenticated", False),
    ],
)
def test_what_came_back_may_not_be_about_the_address(
    receive: Receive, told: Email, now: datetime, status: str, said: str, is_dead: bool
) -> None:
    mail = receive(dsn(sent(told, now), status=status, said=said))
    assert mail.entry
    assert mail.entry.event == Event.MAIL_BOUNCED
    told.refresh_from_db()
    assert told.state == EmailState.FAILED
    assert SuppressedAddress.objects.exists() is is_dead


@pytest.mark.parametrize("marked", [b"", b"Auto-Submitted: auto-replied\n"])
def test_a_server_that_writes_no_report_suppresses_in_words(
    receive: Receive, told: Email, now: datetime, marked: bytes
) -> None:
    to = reply_address.make_bounce(sent(told, now).pk)
    head = b"From: MAILER-DAEMON@mx.example\nTo: " + to.encode() + b"\n" + marked
    mail = receive(head + b"\n<carla@example.com>: 550 no such user here\n")
    assert mail.entry
    assert mail.entry.event == Event.MAIL_BOUNCED
    assert SuppressedAddress.objects.get().address == "carla@example.com"


def test_a_delivery_report_its_own_domain_denies_is_a_strangers(
    receive: Receive, told: Email, now: datetime
) -> None:
    """Whoever was forwarded our mail, such as a store, knows its id."""
    denied = b"Authentication-Results: mx.puente.example; dmarc=fail header.from=example.com\n"
    mail = receive(denied + dsn(sent(told, now)))
    assert parked(mail) == ParkReason.STRANGER
    assert not SuppressedAddress.objects.exists()
    none = b"Authentication-Results: mx.puente.example; spf=none smtp.mailfrom=; dmarc=none\n"
    assert receive(none + dsn(told).replace(b"<20261118160005.1@", b"<2@")).entry


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "4.2.2", "action": "delayed"},
        {"recipient": "somebody@example.net"},
        {"email_id": "00000000-0000-4000-8000-000000000000", "to": "support@puente.example"},
    ],
)
def test_what_proves_no_dead_address_only_waits(
    receive: Receive, told: Email, now: datetime, fields: dict[str, str]
) -> None:
    assert parked(receive(dsn(sent(told, now), **fields))) == ParkReason.BOUNCE
    assert not SuppressedAddress.objects.exists()
