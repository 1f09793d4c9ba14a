from collections.abc import Mapping
from math import sqrt
from typing import Any

#: JPEG allows no side above 65,535 pixels; no screen shows a longer one sensibly.
LONGEST = 30_000


def view_size(width: int, height: int, limits: Mapping[str, Any]) -> tuple[int, int]:
    """Pixels of the viewing copy, never more than the original has.

    A photo by its longest side. What is much longer than wide, such as a screenshot of a whole
    conversation or a panorama, by its narrow side and its area, so that its text stays legible.
    """
    by_side = limits["view_side"] / max(width, height)
    by_narrow_side = min(
        limits["view_narrow_side"] / min(width, height),
        sqrt(limits["view_pixels"] / (width * height)),
    )
    scale = min(1, LONGEST / max(width, height), max(by_side, by_narrow_side))
    return max(1, round(width * scale)), max(1, round(height * scale))
