"""Reading what others wrote: within limits, whatever it is, and only what is new in it."""

from __future__ import annotations

import base64
import re
import time
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.enums import ParkReason
from mail.inbound import html, quoting
from mail.inbound.authentication import verdict
from mail.inbound.charsets import decoded, header_text
from mail.inbound.classify import machine
from mail.inbound.head import read_head
from mail.inbound.letter import Letter, read_letter
from mail.inbound.limits import TooMuch
from mail.inbound.parse import read_body
from mail.inbound.people import folded, recipients, sender
from mail.inbound.reports import report
from tests.mail import letters
from tests.mail.letters import letter

ES, EN = "Ya les mandé el recibo.", "I sent you the receipt."


def read(raw: bytes) -> Letter:
    return read_letter(raw)


# --- words and quotations ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "visible"),
    [
        (letters.GMAIL_ES, f"{ES}\n\nGracias,\nCarla Peña\nSan Antonio"),
        (letters.GMAIL_EN, EN),
        (letters.OUTLOOK_ES, f"{ES}\n\nObtener Outlook para iOS<https://aka.ms/o0ukef>"),
        (letters.OUTLOOK_EN, EN),
        (letters.APPLE_ES, f"{ES}\n\nEnviado desde mi iPhone"),
        (letters.APPLE_EN, f"{EN}\n\nSent from my iPhone"),
        (letters.YAHOO_ES, ES),
        (letters.YAHOO_EN, EN),
    ],
)
def test_what_programs_quote_is_told_from_what_is_new(text: str, visible: str) -> None:
    reply = read(letter(text)).reply
    assert reply.visible == visible
    assert "Carla Peña" in reply.quoted
    assert not reply.visible.endswith(":")


@pytest.mark.parametrize("page", [letters.GMAIL_HTML, letters.OUTLOOK_HTML])
def test_a_page_is_read_as_text(page: str) -> None:
    reply = read(letter(html=page)).reply
    assert reply.visible.startswith(ES.rstrip("."))
    assert "Hola Carla" in reply.quoted
    for unseen in ("alert", "secreto", "color", "<"):
        assert unseen not in reply.visible


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><meta charset=utf-8><body><p>Hola, ya pagué",
        "<meta charset=iso-8859-1><p>Hola, ya pagué",
        "<svg/><p>Hola, ya pagué",
        "<svg><path/><p>Hola, ya pagué",
        "<title/><p>Hola, ya pagué",
        "<style/><p>Hola, ya pagué",
        "<title><p>Hola, ya pagué",
        "<object><p>Hola, ya pagué",
        "<head><o:p>Hola, ya pagué</o:p>",
        "<!-- <p>Hola, ya pagué",
        '<a href="x>Hola, ya pagué</a>',
    ],
)
def test_what_is_left_open_takes_no_words_along(page: str) -> None:
    assert read(letter(html=page)).text == "Hola, ya pagué"


SHOWN = ["body", "html", "p", "div", "b", "table", "tr", "td", "blockquote", "ul", "li", "svg",
         "math", "o:p", "object", "noscript", "select", "option", "template", "head"]  # fmt: skip
TAGS = st.builds(str.format, st.sampled_from(["<{}>", "</{}>", "<{}/>"]), st.sampled_from(SHOWN))
OPEN = st.sampled_from(["<title>", "<style>", "<STYLE type=x>", "<script/>", "<!--", "<iframe>"])
HIDDEN = st.sampled_from(
    [*map("<{0}>secreto</{0}>".format, ("style", "script", "title")), "<!--secreto-->"]
)  # fmt: skip


@given(st.lists(TAGS | OPEN, max_size=12), st.lists(TAGS | HIDDEN, max_size=12))
def test_words_between_tags_always_survive(tags: list[str], closed: list[str]) -> None:
    for pieces in (tags, closed):
        page = "".join(f"{tag}palabra{number} " for number, tag in enumerate(pieces))
        found = html.words_of_page(page)
        assert re.findall(r"palabra\d+", found) == re.findall(r"palabra\d+", page)
        assert "secreto" not in found


@pytest.mark.parametrize(
    "text",
    [
        "El vendedor me escribió:\nno hay devolución.\n\n¿Qué hago?",
        "De: la tienda\nme dijeron que no.",
        "> ¿Cuándo pagó?\nEl lunes.\n> ¿Cuánto?\n$50",
        "Pagué > 50 dólares\n-- \nCarla",
        "On Monday I wrote:\nplease call me.",
        "El 3 de marzo de 2026 la tienda me escribió:\nno hay devolución",
        "El 16/11/2026 la tienda (ventas@luna.example) me escribió:\nNo hay.\n\n¿Qué hago?",
        "De: Carla\nPara: Puente\nFecha: 18 de noviembre\nAsunto: Mi sofá\n\nYa pagué.",
        "De: carla@example.com\nPara: support@puente.example\nAsunto: Mi sofá\n\nYa pagué.",
        "Miren:\n\nDe: Luna <ventas@luna.example>\nFecha: lunes\nAsunto: No\n\nNo hay.",
        "-----Mensaje original-----\nDe: Luna <ventas@luna.example>\nFecha: lunes\n\nNo hay.",
    ],
)
def test_words_of_ones_own_are_never_folded_away(text: str) -> None:
    assert quoting.split(text) == (text, "")


def test_an_answer_below_the_quotation() -> None:
    wrote = "El mié, 18 nov 2026 a las 10:00, Puente (<support@puente.example>) escribió:"
    text = f"{wrote}\n> Hola\n\nYa pagué."
    reply = quoting.split(text)
    assert reply.visible == "Ya pagué."
    assert reply.quoted.endswith("> Hola")


@pytest.mark.parametrize("name", ["OUTLOOK_ES", "OUTLOOK_EN", "YAHOO_ES", "GMAIL_ES", "APPLE_EN"])
def test_a_mail_of_ours_with_nothing_above_it_says_nothing_new(name: str) -> None:
    """As below a photo sent without a word."""
    text = getattr(letters, name)
    begin = min(
        place
        for mark in ("____", "-----", "    En", "El mié", "> On")
        if (place := text.find(mark)) >= 0
    )
    assert quoting.split(text[begin:]).visible == ""


def test_what_is_passed_on_is_what_they_want_to_say() -> None:
    text = "---------- Forwarded message ---------\nDe: Luna <luna@example.com>\nNo."
    assert quoting.split(text).visible == text


@given(st.text(alphabet=st.sampled_from("> \nElOn:@20wrote escribió-_De:Para")))
def test_nothing_is_lost_between_both_parts(text: str) -> None:
    reply = quoting.split(text)
    assert sorted("".join(reply).split()) == sorted(text.split()) or sorted(
        "".join("\n".join(reply).split())
    ) == sorted("".join(text.split()))


# --- MIME ----------------------------------------------------------------------------------------
def test_text_comes_before_the_page_and_lines_flow() -> None:
    raw = (
        b"Content-Type: multipart/alternative; boundary=x\n\n--x\n"
        b"Content-Type: text/plain; charset=utf-8; format=flowed\n\nuno \ndos\n-- \nCarla\n"
        b"--x\nContent-Type: text/html\n\n<p>otra cosa</p>\n--x--\n"
    )
    assert read(raw).text == "uno dos\n--\nCarla"


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        (b"utf-8", "¿Pagó? “sí” – ñandú 😀".encode()),
        (b"iso-8859-1", "¿Pagó? ñandú".encode("latin-1")),
        (b"iso-8859-1", "¿Pagó? “sí” – ñandú".encode("cp1252")),
        (b"us-ascii", "¿Pagó? ñandú".encode()),
        (b"iso-8859-1", "¿Pagó? ñandú".encode()),
        (b"windows-1252", "¿Pagó? ñandú".encode()),
        (b"iso-8859-15", "¿Pagó? ñandú €".encode()),
        (b"iso-8859-15", "¿Pagó? ñandú €".encode("iso-8859-15")),
        (b"utf-8", "¿Pagó? ñandú".encode("latin-1")),
        (b"x-unknown", "¿Pagó? ñandú".encode()),
        (b"punycode", "¿Pagó? ñandú".encode()),
        (b"utf-16", "¿Pagó? ñandú".encode("utf-16")),
    ],
)
def test_letters_survive_a_charset_that_is_wrong_or_unknown(charset: bytes, text: bytes) -> None:
    raw = b"Content-Type: text/plain; charset=" + charset + b"\n\n" + text
    assert "¿Pagó?" in read(raw).text
    assert "ñandú" in read(raw).text


@pytest.mark.parametrize("missing", range(4))
def test_words_that_were_cut_off_on_the_way_are_still_words(missing: int) -> None:
    packed = base64.b64encode(b"Ya pague en la tienda.")
    raw = b"Content-Transfer-Encoding: base64\n\n" + packed.rstrip(b"=")
    assert read(raw[: len(raw) - missing]).text.startswith("Ya pague en la tien")


def test_what_a_database_cannot_hold_is_left_out() -> None:
    found = read(b"Subject: =?utf-8?q?a=00b=0D=0ABcc=3A_x?=\n\nuno\x00dos\x07\x1b[31m\ttres")
    assert found.text == "unodos[31m\ttres"
    assert found.subject == "a b Bcc: x"
    assert "\ud800" not in decoded(b"\xed\xa0\x80")


def test_names_of_files_break_no_line() -> None:
    raw = (
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/png\n"
        b"Content-Disposition: attachment; filename*=utf-8''a%0D%0ABcc%3A%20x%22.png\n\nx\n--x--"
    )
    (attachment,) = read(raw).body.attachments
    assert attachment.name == 'a Bcc: x".png'


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "x"),
        ("application/x-pkcs7-mime; smime-type=signed-data", "x"),
        ("application/octet-stream; name=smime.p7m", "x"),
        ("multipart/encrypted; boundary=x", "--x\nContent-Type: application/pgp-encrypted\n\n1\n"),
        ("text/plain", "-----BEGIN PGP MESSAGE-----\n\nabc\n"),
    ],
)
def test_what_is_sealed_is_left_to_a_person(kind: str, text: str) -> None:
    raw = f"Content-Type: {kind}\n\n{text}".encode()
    inside = b"Content-Type: multipart/mixed; boundary=o\n\n--o\n" + raw + b"\n--o\n\nfooter\n--o--"
    assert not read(raw).is_whole
    assert not read(inside).is_whole
    signed = b"Content-Type: multipart/signed; boundary=o\n\n--o\n\nHola\n--o\n"
    signed += b"Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx\n--o--"
    assert read(signed).is_whole


def forwarding(text: str, inner: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = letters.CARLA, "<f@example.com>"
    mail.set_content(text)
    mail.add_attachment(message_from_bytes(inner, policy=default))
    return mail.as_bytes()


def test_a_mail_sent_as_a_file_is_read_as_one_passed_on() -> None:
    store = letter(
        "No hay devolución.", From="Luna <ventas@luna.example>", attachments=[("a.png", b"png")]
    )
    alone = read(forwarding("", store))
    assert alone.reply.visible.startswith("From: Luna <ventas@luna.example>\nDate: Wed, 18 Nov")
    assert alone.reply.visible.endswith("Subject: Re: Su caso\n\nNo hay devolución.")
    assert [file.name for file in alone.body.files] == ["a.png"]
    below = read(forwarding("Miren lo que dicen.", forwarding("", store)))
    assert below.reply.visible.startswith("Miren lo que dicen.")
    assert "No hay devolución." in below.text
    assert [file.name for file in below.body.files] == ["a.png"]
    crlf = forwarding("Sí.", store).replace(b"\n", b"\r\n")
    assert read(crlf).key == read(forwarding("Sí.", store)).key


def test_mails_sent_inside_each_other_are_bounded() -> None:
    head = b"Content-Type: message/rfc822\n\n"
    assert read(head * 5 + b"\nHola").text.endswith("Hola")
    assert not read(head * 10_000 + b"\nHola").is_whole


NESTED = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(10_000)
)
MONSTERS = {
    "nested": NESTED,
    "mails": b"Content-Type: message/rfc822\n\n" * 300_000,
    "parts": b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 500_000,
    "boundaries": b"Content-Type: multipart/mixed; boundary=a\n\n" + b"x--a" * 2_000_000,
    "no boundaries": b"Content-Type: multipart/mixed; boundary=a\n\n" + b"\n--a x" * 5_000_000,
    "header": b"Subject: " + b"=?utf-8?q?" * 1_000_000,
    "headers": b"a: b\n" * 1_000_000,
    "folded": b"Subject: a\n" + b" b\n" * 1_000_000,
    "no head": b"x" * 10_000_000,
    "parameters": b"Content-Type: multipart/mixed; " + b"a*0=1;" * 1_000_000 + b"\n\nx",
    "comments": b"Content-Type: text/html\n\n" + b"<!--" * 500_000,
    "quotes": b"Content-Type: text/html\n\n" + b'<a "' * 400_000,
    "tags": b"Content-Type: text/html\n\n" + b"<blockquote>" * 150_000,
    "open": b"Content-Type: text/html\n\n" + b"<style><title" * 150_000,
    "closed": b"Content-Type: text/html\n\n" + b"</title><!--" * 150_000,
    "ends": b"Content-Type: text/html\n\n" + b"</x><b>" * 250_000,
    "attributions": b"\n" + b"On 2026 \n" * 100_000,
    "headers quoted": b"\n" + b"From: a\n" * 100_000,
    "levels": b"\n" + b">" * 1_000_000,
    "addresses": b"From: " + b'"' * 100_000 + b"\nTo: " + b"a@b," * 100_000 + b"\n\nx",
    "base64": b"Content-Transfer-Encoding: base64\n\n" + b"=" * 3_000_000,
    "words": b"\n" + b"a" * 30_000_000,
    "letters": b"Content-Type: text/plain; charset=utf-8\n\n" + b"\xe9" * 7_000_000,
    "links": b"Content-Type: text/html\n\n" + b"<a href=https://a.example/b>c" * 60_000,
    "deep links": b"Content-Type: text/html\n\n"
    + b"<blockquote><a href=x>" * 240
    + b"<br>" * 100_000,
    "names": b"\n" + (b"a " + b"<" * 100 + b"@" * 290 + b"\n") * 500,
    "others": b"\n" + b"On 1/1/2026 a@b.example wrote:\n> a\n" * 5000,
    "stubs": b"Content-Type: multipart/alternative; boundary=a\n\n"
    + b"--a\n\nno html text version\n" * 190
    + b"--a\nContent-Type: text/html\n\n"
    + b"<p>word " * 100_000,
    "notes": b"Content-Type: multipart/mixed; boundary=a\n\n"
    + (b"--a\nContent-Type: text/html; name=a.htm\n\n" + b"<p>" * 1500 + b"\n") * 190,
    "report": b"Content-Type: message/delivery-status\n\nStatus: 5.0.0\n"
    + b" user user user :( " * 5000,
    "senders": b"From: " + b"Pe\xc3\xb1a, " * 20_000 + b"<a@b.example>\n\nx",
}


@pytest.mark.parametrize("name", MONSTERS)
def test_monsters_are_read_in_a_moment_or_not_at_all(name: str) -> None:
    began = time.process_time()
    found = read(MONSTERS[name])
    machine(found.head)
    recipients(found.head)
    report(found.body, words=found.text, to="a@b.example")
    assert time.process_time() - began < 3
    assert len(found.text) <= 200_000


def test_ten_thousand_parts_inside_each_other_are_left_to_a_person() -> None:
    assert not read(NESTED).is_whole


@given(st.binary(max_size=2000))
def test_bytes_never_raise(raw: bytes) -> None:
    found = read(raw)
    machine(found.head)
    assert "\0" not in found.text + found.subject + found.shown_sender


PIECES = st.sampled_from(
    [b"Content-Type: multipart/mixed; boundary=x\n", b"\n", b"--x\n", b"--x--\n", b"From: ", b"<",
     b"Content-Type: text/html\n", b"Content-Transfer-Encoding: base64\n", b"\r\n", b"=?utf-8?b?",
     b"Content-Type: message/delivery-status\n", b"Content-Disposition: attachment; filename*0*=\n",
     b"Content-Type: multipart/alternative; boundary=x\n", b"Content-Type: message/rfc822\n",
     b"\xff\xfe", b"a@b", b"Content-Type: text/plain; charset=x-mac-roman; name=a.txt\n",
     b"Content-ID: <x>\n", b"<img src=cid:x><a href=https://x>y<blockquote>",
     b"; charset*=utf-7''x",
     b"Authentication-Results: x; dmarc=", b"(", b"\nOn 2026 a@b wrote:\n> ", b"This is HTML",
     b"Final-Recipient: rfc822; a@b\nAction: failed\nStatus: 5.1.1\n",
     b"-----Original Message-----\n",
     b"Content-Type: image/png\n", b"\x89PNG\r\n\x1a\n", b"name=smime.p7s\n"]
)  # fmt: skip


@given(st.lists(PIECES | st.binary(max_size=20), max_size=60).map(b"".join))
def test_pieces_of_mails_never_raise(raw: bytes) -> None:
    found = read(raw)
    machine(found.head)
    report(found.body, words=found.text, to="a@b")
    recipients(found.head)
    verdict(found.head, found.sender, trusted=("x",))
    # Not just caught: only TooMuch may be raised while reading.
    head = read_head(raw)
    with suppress(TooMuch):
        body = read_body(raw, head)
        quoting.split(body.words + body.noted(beside_words=True), sender=found.sender)
        assert len(body.files) <= len(body.attachments)


def test_the_same_mail_by_two_ways_has_one_key() -> None:
    raw = letter("Hola.\n\nYa pagué.")
    by_provider = b"Received: from elsewhere\r\nX-Provider: 1\r\n" + raw.replace(b"\n", b"\r\n")
    assert read(raw).key == read(by_provider).key
    assert read(raw).key != read(letter("Hola.\n\nNo pagué.")).key
    assert read(raw).key != read(letter("Hola.\n\nYa pagué.", Message_ID="<2@example.com>")).key
    silent = letter("Sí", Message_ID=None)
    assert read(silent).key != read(b"Received: later\n" + silent).key


TEXT_FILES = {
    "notas.txt": ("plain", "Pagué el lunes.\n\n$50"),
    "signature.asc": ("plain", "-----BEGIN PGP SIGNATURE-----\n\nabc=\n"),
    "cita.ics": ("calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
}


@pytest.mark.parametrize("name", TEXT_FILES)
def test_a_file_of_text_by_two_ways_is_one(name: str) -> None:
    """A mailbox passes lines on as they came, a provider as its own machine ends them."""
    kind, text = TEXT_FILES[name]
    mail = EmailMessage()
    for field in ("From", "Date", "Message-ID"):
        mail[field] = {"From": letters.CARLA}.get(field, "<1@example.com>")
    mail.set_content("Ya pagué.")
    mail.add_attachment(text, subtype=kind, filename=name, cte="8bit")
    raw = mail.as_bytes()
    assert read(raw).key == read(raw.replace(b"\n", b"\r\n")).key
    assert read(raw).key != read(raw.replace(text[:9].encode(), b"otra cosa")).key


def test_a_file_ends_where_its_part_does() -> None:
    mail = EmailMessage()
    mail.add_attachment("uno\n", subtype="calendar", filename="cita.ics", cte="7bit")
    raw = mail.as_bytes()
    (file,) = read(raw).body.attachments
    (same,) = read(raw.replace(b"\n", b"\r\n")).body.attachments
    assert same.content == file.content.replace(b"\n", b"\r\n")


def test_a_delivery_report_by_two_ways_is_one() -> None:
    raw = letters.DSN.format(
        to="a@b.example", recipient="c@example.com", action="failed", status="5.1.1", email_id="x"
    ).encode()
    assert read(raw).key == read(raw.replace(b"\n", b"\r\n")).key
    assert read(raw).key != read(raw.replace(b"5.1.1\n", b"4.2.2\n")).key


# --- who wrote -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("carla@example.com", "carla@example.com"),
        ("Carla Peña <CARLA@Example.COM>", "carla@example.com"),
        ('"Peña, Carla" <carla@example.com>', "carla@example.com"),
        ('"carla@example.com" <evil@example.net>', "evil@example.net"),
        ("=?utf-8?q?Carla_Pe=C3=B1a?= <carla@example.com>", "carla@example.com"),
        ("carla@example.com (Carla)", "carla@example.com"),
        ("carla@peña.example", "carla@xn--pea-8ma.example"),
        # what could be read in two ways is read in none
        ("carla@example.com <evil@example.net>", ""),
        ("carla@example.com, evil@example.net", ""),
        ("<carla@example.com> <evil@example.net>", ""),
        ("evil@example.net <carla@example.com", ""),
        ('"x" <evil@example.net>, carla@example.com', ""),
        ("carla@example.com\\n <x@y>", ""),
        ("Carla", ""),
        ("", ""),
    ],
)
def test_one_address_that_reads_in_one_way(value: str, address: str) -> None:
    assert sender(read_head(f"From: {value}\n\n".encode())) == address


def test_two_lines_or_somebody_in_their_name_are_nobody() -> None:
    line = b"From: carla@example.com\n"
    assert sender(read_head(line + b"From: evil@example.net\n\n")) == ""
    assert sender(read_head(line + b"Sender: evil@example.net\n\n")) == ""
    assert sender(read_head(line + b"Sender: carla@example.com\n\n")) == "carla@example.com"
    assert sender(read_head(line + b"Reply-To: evil@example.net\n\n")) == "carla@example.com"
    assert folded(" Carla@EXAMPLE.com. ") == "carla@example.com"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, None),
        ({"Auto_Submitted": "no"}, None),
        ({"Subject": "Re: fuera de la oficina del dueño"}, None),
        ({"Auto_Submitted": "auto-replied (vacation)"}, ParkReason.AUTOMATIC),
        ({"Precedence": "bulk"}, ParkReason.AUTOMATIC),
        ({"List_Id": "<ofertas.example.com>"}, ParkReason.AUTOMATIC),
        ({"X_Autoreply": "yes"}, ParkReason.AUTOMATIC),
        ({"Subject": "Respuesta automática: Su caso"}, ParkReason.AUTOMATIC),
        ({"Subject": "Fuera de la oficina"}, ParkReason.AUTOMATIC),
        ({"Subject": "Out of Office: Your case"}, ParkReason.AUTOMATIC),
        ({"Subject": "Automatic reply: Your case"}, ParkReason.AUTOMATIC),
        ({"Return_Path": "<>"}, ParkReason.BOUNCE),
        ({"From": "Mail Delivery System <MAILER-DAEMON@mx.example>"}, ParkReason.BOUNCE),
    ],
)
def test_machines_are_told_from_people(fields: dict[str, str], reason: ParkReason | None) -> None:
    assert machine(read(letter(**fields)).head) == reason


def test_the_null_sender_of_an_envelope_and_receipts() -> None:
    head = read(letter()).head
    assert machine(head, envelope_from="") == ParkReason.BOUNCE
    assert machine(head, envelope_from="carla@example.com") is None
    receipt = (
        b"Content-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n"
    )
    assert machine(read_head(receipt)) == ParkReason.AUTOMATIC


def test_a_delivery_report_says_what_became_of_which_mail() -> None:
    raw = letters.DSN.format(
        to="a@b.example", recipient="Carla@example.com", action="failed", status="5.1.1",
        email_id="x",
    )  # fmt: skip
    found = read(raw.encode())
    assert machine(found.head) == ParkReason.BOUNCE
    told = report(found.body)
    assert told
    assert (told.recipient, told.is_final) == ("carla@example.com", True)
    assert told.error.startswith("5.1.1 smtp; 550")
    assert found.body.about[0].first("message-id") == "<x@127.0.0.1>"


def test_a_line_of_a_header() -> None:
    assert header_text("=?utf-8?q?=C2=BFPag=C3=B3=3F?=", longest=250) == "¿Pagó?"
    assert header_text("=?utf-8?b?broken", longest=250) == "=?utf-8?b?broken"
    assert header_text("a\u202eb\u2028c", longest=250) == "ab c"
    assert html.words_of_page("a <3 b &lt;c&gt; <b title='x > y'>d</b>") == "a <3 b <c> d"
