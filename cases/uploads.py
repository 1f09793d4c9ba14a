from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class BoundedRequest(FileUploadHandler):
    """Refuses a request larger than any of our forms can fill, before storing any of it.

    A single file that is too large is reported next to its field; this is for what no field could
    explain.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > settings.REQUEST_MAX_BYTES:
            raise RequestDataTooBig("The files are larger than a form takes.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data  # on to the handlers that store it

    def file_complete(self, file_size: int) -> None:
        return None
