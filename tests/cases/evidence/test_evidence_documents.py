"""PDFs: the viewing copy can only show pages."""

import contextlib
import hashlib
import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from cases.evidence import FileKind, Inspected, inspect
from tests.cases.evidence.evidence_makers import (
    ACTIVE_WORDS,
    arm,
    pdf_bytes,
    pdf_with_circular_pages,
    pdf_with_circular_xref,
    unpacked,
)
from tests.patience import effort


def check(content: bytes) -> Inspected:
    return inspect(io.BytesIO(content), name="recibo.pdf")


def refused_as(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        check(content)
    return caught.value.code


def test_a_plain_document_is_taken():
    content = pdf_bytes(pages=3)

    inspected = check(content)

    assert inspected.kind is FileKind.PDF
    assert (inspected.content_type, inspected.extension) == ("application/pdf", ".pdf")
    assert (inspected.width, inspected.height, inspected.pages) == (None, None, 3)
    assert inspected.sha256 == hashlib.sha256(content).hexdigest()
    assert len(pikepdf.open(io.BytesIO(inspected.view)).pages) == 3


@pytest.mark.parametrize("packed", [True, False])
def test_scripts_actions_attachments_and_authors_are_gone_from_the_view(packed):
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    content = pdf_bytes(arm, object_stream_mode=mode)
    armed = unpacked(content)
    assert [word for word in ACTIVE_WORDS if word not in armed] == []

    view = unpacked(check(content).view)

    assert [word for word in ACTIVE_WORDS if word in view] == []


def test_links_inside_the_document_still_work():
    view = pikepdf.open(io.BytesIO(check(pdf_bytes(arm)).view))

    links = [a for a in view.pages[0].Annots if "/S" in a.A]
    assert [str(a.A.S) for a in links] == ["/GoTo"]
    assert "/Next" not in links[0].A or not links[0].A.Next.keys()


def test_a_name_written_with_escapes_does_not_hide_a_script():
    content = pdf_bytes(arm, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    content = content.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53")
    assert b"/J#61vaScript" in content

    assert b"app.alert" not in unpacked(check(content).view)


def test_a_script_deep_inside_direct_objects_is_found():
    def bury(pdf):
        node = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        for _ in range(150):
            node = pikepdf.Array([pikepdf.Dictionary(Kids=node)])
        pdf.pages[0].obj.Deep = node

    content = pdf_bytes(bury)
    assert b"app.alert" in unpacked(content)

    assert b"app.alert" not in unpacked(check(content).view)


def test_streams_that_live_in_another_file_are_cut_off():
    def point_outside(pdf):
        stream = pdf.make_stream(b"q Q")
        stream.F = pikepdf.String("/etc/passwd")
        pdf.pages[0].Contents = stream

    content = pdf_bytes(point_outside)
    assert b"/etc/passwd" in unpacked(content)

    assert b"/etc/passwd" not in unpacked(check(content).view)


def test_what_the_pages_show_stays():
    def draw(pdf):
        pdf.pages[0].Contents = pdf.make_stream(b"BT (Total 180.00) Tj ET")
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(A=font))

    view = pikepdf.open(io.BytesIO(check(pdf_bytes(draw)).view))

    assert b"Total 180.00" in view.pages[0].Contents.read_bytes()
    assert view.pages[0].Resources.Font.A.BaseFont == "/Helvetica"


def test_annotations_with_holes_do_no_harm():
    def holes(pdf):
        arm(pdf)
        pdf.pages[0].Annots.insert(0, None)
        pdf.pages[1].obj.Annots = 7

    assert check(pdf_bytes(holes)).pages == 2


def test_a_document_locked_with_a_password_is_refused_with_its_own_code():
    locked = pdf_bytes(encryption=pikepdf.Encryption(user="secreto", owner="dueño"))

    assert refused_as(locked) == "evidence_encrypted"


def test_a_document_locked_for_certain_readers_is_refused_likewise():
    content = pdf_bytes(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    locked = content.replace(b"trailer <<", b"trailer << /Encrypt << /Filter /Adobe.PubSec /V 4 >>")
    assert locked != content

    assert refused_as(locked) == "evidence_encrypted"


def test_a_document_locked_only_against_printing_opens_and_its_view_is_open():
    content = pdf_bytes(arm, encryption=pikepdf.Encryption(user="", owner="dueño"))

    view = check(content).view

    assert not pikepdf.open(io.BytesIO(view)).is_encrypted
    assert b"app.alert" not in unpacked(view)


@pytest.mark.parametrize("content", [pdf_with_circular_xref(), pdf_with_circular_pages()])
def test_a_document_that_runs_in_circles_ends_soon(content):
    began = effort()
    with contextlib.suppress(ValidationError):
        assert check(content).pages
    assert effort() - began < 5


def test_a_document_without_pages_is_refused():
    assert refused_as(pdf_bytes(pages=0)) == "evidence_unreadable"


def test_a_blank_line_before_the_document_is_forgiven():
    assert check(b"\xef\xbb\xbf\r\n" + pdf_bytes()).pages == 2


PJL = b"\x1b%-12345X@PJL JOB\r\n@PJL SET RESOLUTION=600\r\n@PJL ENTER LANGUAGE=PDF\r\n"


@pytest.mark.parametrize(
    "before",
    [
        PJL,
        PJL.ljust(1019, b"\n"),
        b"%!PS-Adobe-3.0 PDF-1.4\n",
        b"\0" * 128,  # MacBinary
        b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n",
    ],
)
def test_what_a_printer_or_program_put_before_the_document_is_passed_over(before):
    inspected = check(before + pdf_bytes(arm))

    assert (inspected.kind, inspected.pages) == (FileKind.PDF, 2)
    assert inspected.view.startswith(b"%PDF-")
    assert before not in inspected.view
    assert [word for word in ACTIVE_WORDS if word in unpacked(inspected.view)] == []


def test_a_document_that_begins_after_1024_bytes_is_none():
    assert refused_as(PJL.ljust(1025, b"\n") + pdf_bytes()) == "evidence_type"


@pytest.mark.parametrize(
    "behind", [b"\x1b%-12345X@PJL EOJ\r\n\x1b%-12345X", b"\0" * 50_000, b"\r\n" * 2000]
)
def test_what_stands_behind_the_document_is_passed_over(behind):
    inspected = check(PJL + pdf_bytes(arm) + behind)

    assert inspected.pages == 2
    assert [word for word in ACTIVE_WORDS if word in unpacked(inspected.view)] == []


def test_bytes_behind_the_document_stay_out_of_the_view():
    content = pdf_bytes() + b"\n<html><script>alert('hidden')</script></html>"

    assert b"hidden" not in check(content).view


def test_two_thousand_links_take_seconds_not_minutes():
    def many(pdf):
        link = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Link}
        pdf.pages[0].Annots = pikepdf.Array(
            [pdf.make_indirect(pikepdf.Dictionary(**link)) for _ in range(2000)]
        )

    began = effort()
    assert check(pdf_bytes(many)).pages == 2
    assert effort() - began < 5
