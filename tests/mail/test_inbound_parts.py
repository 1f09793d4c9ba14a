"""Which parts of a mail are its text, which its files, and which say nothing."""

from __future__ import annotations

from email.message import EmailMessage, MIMEPart

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.inbound.letter import read_letter
from tests.cases.evidence.evidence_makers import image_bytes
from tests.mail.letters import letter

PAID, HTML = "Ya pagué el viernes.", "<p>Ya pagué el viernes.</p>"
PHOTO = image_bytes((640, 480))


def part(
    kind: str,
    text: str | bytes = PAID,
    *,
    name: str = "",
    disposition: str = "",
    charset: str = "utf-8",
    **fields: str,
) -> bytes:
    """One part, named as programs do: beside the kind and beside the disposition."""
    content = text.encode(charset) if isinstance(text, str) else text
    of_text = kind.startswith("text/") and f"; charset={charset}"
    lines = [f"Content-Type: {kind}{of_text or ''}{f'; name={name}' if name else ''}"]
    if disposition:
        lines.append(f"Content-Disposition: {disposition}{f'; filename={name}' if name else ''}")
    lines += [f"{field.replace('_', '-')}: {value}" for field, value in fields.items()]
    return "\n".join([*lines, "", ""]).encode() + content


def mail(kind: str, *parts: bytes, boundary: str = "b") -> bytes:
    mark = f"--{boundary}".encode()
    head = f"Content-Type: multipart/{kind}; boundary={boundary}\n\n".encode()
    return head + b"".join(mark + b"\n" + each + b"\n" for each in parts) + mark + b"--\n"


def files(raw: bytes) -> list[str]:
    return [file.name for file in read_letter(raw).body.files]


def photo(name: str = "IMG_1.jpg", content: bytes = PHOTO, **fields: str) -> bytes:
    return part("image/jpeg", content, name=name, **({"disposition": "attachment"} | fields))


# --- texts with names ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "raw",
    [
        mail("mixed", part("text/plain", name="text_0.txt", disposition="attachment"), photo()),
        mail("mixed", photo(), part("text/plain", name="text_1.txt", disposition="inline")),
        mail("mixed", part("application/smil", "<smil/>", name="0.smil"),
             part("text/plain", name="text0.txt"), photo()),
        mail("related", part("text/plain", name="mensaje.txt", disposition="attachment"), photo()),
        mail("mixed", part("text/html", HTML, name="document.html", disposition="inline"), photo()),
        mail("mixed", part("application/octet-stream", name="sms.txt", disposition="attachment"),
             photo()),
        mail("mixed", part("text/plain", "", name="vacío.txt"), part("text/html", HTML), photo()),
        mail("mixed", part("text/plain", disposition="attachment"), photo()),
    ],
)  # fmt: skip
def test_words_are_words_whatever_name_they_carry(raw: bytes) -> None:
    found = read_letter(raw)
    assert (found.reply.visible, files(raw)) == (PAID, ["IMG_1.jpg"])


@pytest.mark.parametrize(
    "raw",
    [
        part("text/html", HTML, name="document.html", disposition="inline"),
        part("text/plain", name="mensaje.txt", disposition="attachment"),
        part("text/html", HTML, name="Mail.htm"),
        mail("alternative", part("text/plain", name="a.txt"),
             part("text/html", HTML, name="b.html")),
        mail("alternative", part("text/plain", ""), part("text/html", HTML, name="correo.htm")),
        mail("alternative", part("text/x-amp-html", "<b>otra cosa"), part("text/plain"),
             part("text/html", HTML)),
    ],
)  # fmt: skip
def test_the_mail_itself_may_have_a_file_name(raw: bytes) -> None:
    found = read_letter(raw)
    assert (found.reply.visible, found.body.files) == (PAID, [])


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("notas.txt", "text/plain", "Lunes: $50"),
        ("notes.htm", "text/html", "<p>Lunes: $50</p>"),
        ("notas.html", "application/octet-stream", "<p>Lunes: <b>$50</b></p>"),
        ("NOTAS.TXT", "application/octet-stream", "Lunes: $50"),
        ("pagos.csv", "text/csv", "Lunes: $50"),
    ],
)
def test_a_text_sent_as_a_file_is_shown_below_the_mail(name: str, kind: str, text: str) -> None:
    sent = part(kind, text, name=name, disposition="attachment")
    found = read_letter(mail("mixed", part("text/plain"), sent))
    assert found.reply.visible == f"{PAID}\n\n[{name}]\nLunes: $50"
    assert found.text == found.reply.visible
    assert not found.body.files


def test_it_is_no_part_of_what_the_mail_quotes() -> None:
    words = f"{PAID}\n\nOn 11/18/2026, Puente <support@puente.example> wrote:\n> Hello"
    sent = part("text/plain", "Monday: $50", name="notes.txt", disposition="attachment")
    reply = read_letter(mail("mixed", part("text/plain", words), sent)).reply
    assert reply.visible == f"{PAID}\n\n[notes.txt]\nMonday: $50"
    assert "> Hello" in reply.quoted


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("recibo.pdf", "text/plain", b"%PDF-1.4 ..."),
        ("IMG_2.jpg", "text/plain", PHOTO),
        ("datos.txt", "application/octet-stream", b"\0\1\2\3" * 100),
        ("script.html", "text/html", b"<script>alert(1)</script>"),
        ("cita.ics", "text/calendar", b"BEGIN:VCALENDAR"),
        ("larga.txt", "text/plain", b"palabra " * 40_000),
        ("vaca.vcf", "text/vcard", b"BEGIN:VCARD"),
    ],
)
def test_what_cannot_be_read_as_words_stays_a_file(name: str, kind: str, content: bytes) -> None:
    sent = part(kind, content, name=name, disposition="attachment")
    raw = mail("mixed", part("text/plain"), sent)
    assert (read_letter(raw).reply.visible, files(raw)) == (PAID, [name])


# --- the same said twice -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "stub",
    [
        "This message contains HTML. Please use an HTML capable mail client.",
        "Your email client does not support HTML messages",
        "Este mensaje está en formato HTML. Use un lector de correo compatible.",
        "Su cliente de correo no puede mostrar este mensaje.",
        "To view this message, open it in a browser.",
        "Para ver este mensaje ábralo en el navegador web.",
        "This is a multi-part message in MIME format.",
        "[No text version]",
        "--",
        " \n\n",
    ],
)
def test_a_text_that_only_says_it_is_html_gives_way(stub: str) -> None:
    page = "<p>Ya pagué el viernes y no me lo abonaron.</p>"
    raw = mail("alternative", part("text/plain", stub), part("text/html", page))
    assert read_letter(raw).text == "Ya pagué el viernes y no me lo abonaron."
    related = mail("related", part("text/html", page), photo(), boundary="r")
    assert "abonaron" in read_letter(mail("alternative", part("text/plain", stub), related)).text


@pytest.mark.parametrize(
    "words",
    [
        "No puedo abrir el HTML de su página.",
        "The app says: use another email client.",
        "Su navegador web no me deja pagar.",
        PAID,
    ],
)
def test_who_writes_about_html_is_heard(words: str) -> None:
    raw = mail("alternative", part("text/plain", words), part("text/html", f"<p>{words}</p>"))
    assert read_letter(raw).text == words
    alone = part("text/plain", words)
    assert read_letter(alone).text == words


# --- files ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "raw",
    [
        mail("alternative", part("text/plain"), part("text/html", HTML), photo()),
        mail("alternative", part("text/plain"),
             mail("mixed", part("text/html", HTML), photo(), part("text/html", ""), boundary="m")),
        mail("alternative", part("text/plain"),
             mail("related", part("text/html", HTML), photo(disposition="inline"), boundary="m")),
        mail("alternative", photo(), part("text/plain")),
    ],
)  # fmt: skip
def test_files_among_alternatives_are_kept(raw: bytes) -> None:
    assert (read_letter(raw).text, files(raw)) == (PAID, ["IMG_1.jpg"])


def test_texts_and_invitations_among_alternatives_are_kept_or_said() -> None:
    apple = mail(
        "mixed",
        part("text/html", HTML),
        part("text/plain", "Lunes: $50", name="notas.txt", disposition="attachment"),
        boundary="m",
    )
    found = read_letter(mail("alternative", part("text/plain"), apple))
    assert found.reply.visible == f"{PAID}\n\n[notas.txt]\nLunes: $50"
    invitation = part("text/calendar", "BEGIN:VCALENDAR", name="cita.ics")
    assert files(mail("alternative", part("text/plain"), invitation)) == ["cita.ics"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("application/pkcs7-signature", "smime.p7s"),
        ("application/x-pkcs7-signature", "smime.p7s"),
        ("application/octet-stream", "SMIME.P7S"),
        ("application/pgp-signature", "signature.asc"),
        ("application/pgp-signature", "OpenPGP_signature"),
        ("text/plain", "signature.asc"),
        ("application/pgp-keys", "OpenPGP_0x1234.asc"),
    ],
)
def test_a_signature_is_no_file_somebody_sent(kind: str, name: str) -> None:
    raw = mail(
        "signed", part("text/plain"), part(kind, "MIIF…", name=name, disposition="attachment")
    )
    found = read_letter(raw)
    assert (found.reply.visible, found.body.files) == (PAID, [])
    assert found.is_whole


@pytest.mark.parametrize(
    ("size", "file_format", "is_kept"),
    [
        ((640, 480), "JPEG", True),
        ((320, 240), "JPEG", True),
        ((240, 320), "PNG", True),
        ((1080, 120), "PNG", True),  # one line of a bank's page
        ((1, 1), "GIF", False),
        ((40, 30), "JPEG", False),
        ((600, 60), "PNG", False),
        ((150, 150), "PNG", False),
        ((600, 150), "PNG", False),
    ],
)
def test_a_pasted_photo_is_kept_and_a_logo_is_not(
    size: tuple[int, int], file_format: str, is_kept: bool
) -> None:
    content = image_bytes(size, file_format=file_format)
    assert len(content) <= 32 * 1024
    shown = part(
        f"image/{file_format.lower()}", content, name="x.img", disposition="inline",
        Content_ID="<x1@mail>",
    )  # fmt: skip
    page = part("text/html", '<p>Mi recibo:</p><img src="cid:x1@mail">')
    assert files(mail("related", page, shown)) == (["x.img"] if is_kept else [])
    assert files(mail("mixed", part("text/plain"), shown)) == ["x.img"]  # not shown: sent


def test_a_picture_of_an_unknown_size_is_kept() -> None:
    broken = part("image/png", b"\x89PNG\r\n\x1a\n", name="x.png", Content_ID="<x1@mail>")
    page = part("text/html", '<img src="cid:x1@mail">')
    assert files(mail("related", page, broken)) == ["x.png"]


def test_a_photo_by_phone_with_its_words() -> None:
    """As the gateway of a phone company makes them."""
    message = EmailMessage()
    message["From"], message["Message-ID"] = "carla@example.com", "<1@mms.example>"
    message.make_mixed()
    for maintype, subtype, content, name in (
        ("application", "smil", b"<smil/>", "smil.xml"),
        ("text", "plain", PAID.encode(), "text_0.txt"),
        ("image", "jpeg", PHOTO, "IMG_0001.jpg"),
    ):
        inner = MIMEPart()
        inner.set_content(content, maintype, subtype, filename=name, disposition="attachment")
        message.attach(inner)
    raw = message.as_bytes()
    assert (read_letter(raw).reply.visible, files(raw)) == (PAID, ["IMG_0001.jpg"])


PIECES = st.sampled_from(
    [part("text/plain", name="a.txt", disposition="attachment"), part("text/html", "<a href=x>y"),
     part("text/html", "<blockquote><a href='https://a b'><p></a></blockquote>", name="x.htm"),
     photo(), part("application/pkcs7-signature", "x", name="smime.p7s"), b"\n", b"--b\n",
     part("text/plain", "This message contains HTML"),
     part("image/gif", b"GIF89a", Content_ID="<x>"),
     part("text/html", "<img src=cid:x>", charset="utf-16")]
)  # fmt: skip


@given(
    st.sampled_from(["mixed", "alternative", "related", "signed", "report", "x"]),
    st.lists(PIECES | st.binary(max_size=40), max_size=8),
)
def test_any_parts_in_any_order_are_read(kind: str, parts: list[bytes]) -> None:
    inner = mail(kind, *parts)
    for raw in (inner, mail("alternative", inner, *parts, boundary="o"), letter() + inner):
        found = read_letter(raw)
        assert len(found.body.files) <= len(found.body.attachments)
        assert found.is_whole or found.body.is_sealed
