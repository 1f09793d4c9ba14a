"""How much one file may cost. Callers may pass their own limits; the tests pass tiny ones."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    file_bytes: int = 25 * MEGABYTE
    pixels: int = 50_000_000  # decoded; a JPEG has up to 64 times as many, decoded at 1/8
    progressive_bytes: int = 400 * MEGABYTE  # what libjpeg keeps of one that comes in passes
    view_side: int = 2400  # pixels, longest side of the viewing copy
    view_narrow_side: int = 1200  # of a long strip, as far as its pixels allow
    view_pixels: int = 12_000_000
    view_bytes: int = 50 * MEGABYTE  # a rewritten PDF may be a little larger than its original
    memory_bytes: int = 768 * MEGABYTE  # address space of the worker; 50 MP of RGBA need 600 MB
    cpu_seconds: int = 20
    wall_seconds: float = 30.0


DEFAULT = Limits()
