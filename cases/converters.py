"""URL converters. Registered once, by this module, wherever it is imported from."""

from django.urls import register_converter


class CaseNumber:
    """Digits as stored; a number with a wrong check digit isn't found, like an unknown one."""

    regex = "[0-9]{9,12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CaseNumber, "case_number")
