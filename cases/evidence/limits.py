"""How much one file may cost. The caller may pass its own; the tests pass tiny ones."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    file_bytes: int = 25 * MEGABYTE
    pixels: int = 40_000_000
    view_side: int = 2400  # pixels, longest side of the viewing copy
    view_bytes: int = 50 * MEGABYTE  # a rewritten PDF may outgrow its original a little
    memory_bytes: int = 768 * MEGABYTE  # address space of the worker; 40 MP of RGBA need 500 MB
    cpu_seconds: int = 20
    wall_seconds: float = 30.0


DEFAULT = Limits()
