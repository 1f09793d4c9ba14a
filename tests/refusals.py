from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError


def refusal(act: Callable[[], object]) -> str | None:
    """The code of the first error with which `act` is refused."""
    with pytest.raises(ValidationError) as refused:
        act()
    return refused.value.error_list[0].code
