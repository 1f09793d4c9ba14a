"""What a page says and what its form refused."""

from __future__ import annotations

from typing import Any


def text(response: Any) -> str:
    """Its source, with every run of white space as one space."""
    return " ".join(response.content.decode().split())


def admin_codes(answer: Any) -> dict[str, list[str | None]]:
    """Error codes by field of a form in the administration that was refused."""
    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors.as_data()
    return {name: [e.code for e in each] for name, each in errors.items()}
