"""Decodes one file and writes its viewing copy. A separate program: see apart.py.

    python -I worker.py KIND LIMITS_AS_JSON  <original  >answer

The answer is one line of JSON, then the viewing copy. Only the standard library at the top: the
limits must be set before a decoder's code is loaded, and every upload pays for the start.
"""

import contextlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # not on Windows; the wall clock in apart.py still applies
    resource = None  # type: ignore[assignment]


def main() -> None:
    kind, limits = sys.argv[1], json.loads(sys.argv[2])
    # Decoders written in C may print: only the answer may reach the caller.
    answer_to = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    confine(limits)
    answer, view = decoded(kind, limits)
    with answer_to:
        answer_to.write(json.dumps(answer).encode() + b"\n")
        answer_to.write(view)


def confine(limits: Mapping[str, Any]) -> None:
    """Lowers this process's own limits; what the system lacks is skipped."""
    if resource is None:
        return
    for name, value in {
        "RLIMIT_AS": limits["memory_bytes"],
        "RLIMIT_CPU": limits["cpu_seconds"],
        "RLIMIT_FSIZE": limits["view_bytes"] + 4096,
        "RLIMIT_CORE": 0,  # a core dump would keep someone's document on disk
        "RLIMIT_NOFILE": 32,
    }.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            which = getattr(resource, name)
            hard = resource.getrlimit(which)[1]
            ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(which, (ceiling, ceiling))


def decoded(kind: str, limits: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    # At the end, where it hides nothing: -I keeps even this file's folder out.
    # the limit on file size would truncate it, and the next start read it
    sys.dont_write_bytecode = True
    sys.path.append(str(Path(__file__).parents[2]))
    from cases.decoding.refused import Refused  # noqa: PLC0415 (after the limits)

    try:
        with open(0, "rb", closefd=False) as original:
            if kind == "pdf":
                from cases.decoding.documents import document  # noqa: PLC0415

                made = document(original)
            elif kind == "page":
                from cases.decoding.pages import drawn_page  # noqa: PLC0415

                made = drawn_page(original, limits)
            else:
                from cases.decoding.pictures import picture  # noqa: PLC0415

                made = picture(original, kind, limits)
    except Refused as refused:
        return {"code": refused.code, "params": refused.params}, b""
    except Exception as error:  # a decoder fed hostile bytes raises anything
        return {"code": "evidence_unreadable", "why": type(error).__name__}, b""
    view: bytes = made.pop("view")
    return {**made, "view_size": len(view)}, view


if __name__ == "__main__":
    main()
