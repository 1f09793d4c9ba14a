"""PDFs: makes a copy that can only show pages."""

from __future__ import annotations

import io
from typing import IO, Any

import pikepdf

from cases.decoding.refused import Refused

# Every action of ISO 32000-2 table 201 that leaves the page, runs something or changes the view
# without the reader's knowledge. Links to the web are removed too, because agents read these next
# to customer data.
ACTIONS = {
    *("/GoToR", "/GoToE", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide", "/Named"),
    *("/SubmitForm", "/ResetForm", "/ImportData", "/SetOCGState", "/Rendition", "/Trans"),
    *("/GoTo3DView", "/JavaScript", "/RichMediaExecute"),
}
# Removed wherever they are, by name alone: an attacker chooses the object, not the key.
ACTIVE_KEYS = {
    *("/OpenAction", "/AA", "/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/AF"),
    *("/RichMediaContent", "/RichMediaSettings", "/Metadata", "/PieceInfo"),
}
EXTERNAL_STREAM_KEYS = {"/F", "/FFilter", "/FDecodeParms"}  # on streams only: data outside the file
CATALOG_KEYS = {
    *("/Type", "/Version", "/Pages", "/PageLabels", "/Dests", "/Outlines", "/PageMode"),
    *("/PageLayout", "/AcroForm", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OCProperties"),
}
ANNOTATIONS = {
    *("/Text", "/Link", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine"),
    *("/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink"),
    *("/Popup", "/Widget", "/Watermark", "/Redact"),
}


def document(original: IO[bytes]) -> dict[str, Any]:
    """Page count, and a copy without scripts, actions, attachments, media and metadata."""
    try:
        pdf = pikepdf.open(io.BytesIO(original.read()))
    except pikepdf.PasswordError as error:
        raise Refused("evidence_encrypted") from error
    except pikepdf.PdfError as error:
        # Locks other than passwords (certificates, newer versions) have no class of their own.
        if "encryption" in str(error):
            raise Refused("evidence_encrypted") from error
        raise
    pages = len(pdf.pages)
    if not pages:
        raise ValueError("a document without pages")
    tidy(pdf)
    for node in pdf.objects:
        disarm(node)
    view = io.BytesIO()
    pdf.save(
        view,
        encryption=False,
        # Streams are copied as they are: unpacking them is what a bomb waits for.
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    with pikepdf.open(view, attempt_recovery=False) as copy:
        if len(copy.pages) != pages:  # a broken original can lose pages on the way through
            raise ValueError("the copy is incomplete")
    return {"pages": pages, "view": view.getvalue()}


def tidy(pdf: pikepdf.Pdf) -> None:
    """Keeps of catalog and annotations only what a reader needs, and no document information."""
    names = pdf.Root.get("/Names")
    destinations = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
    for key in set(pdf.Root.keys()) - CATALOG_KEYS:
        del pdf.Root[key]
    if destinations is not None:
        pdf.Root.Names = pikepdf.Dictionary(Dests=destinations)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for page in pdf.pages:
        annotations = page.get("/Annots")
        if isinstance(annotations, pikepdf.Array):
            page.Annots = pikepdf.Array([a for a in annotations if is_harmless(a)])


def is_harmless(annotation: Any) -> bool:
    # Editors leave nulls where they deleted one.
    return (
        isinstance(annotation, pikepdf.Dictionary)
        and str(annotation.get("/Subtype")) in ANNOTATIONS
    )


def disarm(top: pikepdf.Object) -> None:
    """Removes active content from one indirect object and the direct ones inside it.

    Every object of the file passes through here, so references needn't be followed and no loop can
    form.
    """
    todo: list[Any] = [top]
    while todo:
        node = todo.pop()
        if isinstance(node, pikepdf.Array):
            children = list(node)
        elif isinstance(node, (pikepdf.Dictionary, pikepdf.Stream)):
            stream = isinstance(node, pikepdf.Stream)
            action = not stream and (str(node.get("/S")) in ACTIONS or "/JS" in node)
            for key in list(node.keys()):
                if action or key in ACTIVE_KEYS or (stream and key in EXTERNAL_STREAM_KEYS):
                    del node[key]
            children = [value for _, value in node.items()]
        else:
            continue
        todo += [c for c in children if isinstance(c, pikepdf.Object) and not c.is_indirect]
