from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from cases import actions, evidence
from tests.cases.evidence.evidence_makers import image_bytes


def photo(name: str = "recibo.jpg", more: int = 0) -> actions.Upload:
    """`more` pixels make a different photo, because the same one isn't accepted twice."""
    file = SimpleUploadedFile(name, image_bytes((40 + more, 30)))
    return actions.Upload(evidence.inspect(file, name=name), file)
