"""One page of a document as a picture, drawn from our own copy of it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import IO, Any

import pypdfium2


def drawn_page(copy: IO[bytes], limits: Mapping[str, Any]) -> dict[str, Any]:
    """`limits["page"]` counts from 1. Large enough to read, whatever size the page claims."""
    pdf = pypdfium2.PdfDocument(copy.read())
    pdf.init_forms()  # otherwise what was typed into a form isn't drawn
    page = pdf[limits["page"] - 1]
    width, height = page.get_size()
    scale = min(limits["page_scale"], limits["view_side"] / max(width, height))
    image = page.render(scale=scale).to_pil().convert("RGB")
    view = io.BytesIO()
    image.save(view, "JPEG", quality=88, subsampling="4:4:4")
    return {"width": image.width, "height": image.height, "view": view.getvalue()}
