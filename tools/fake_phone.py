"""A telephone system of a few lines: posts calls to a running Puente, by hand or as a scenario."""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import time
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple

from common.json_post import post_json
from tools import embedded
from tools.company import cast

EVENTS = {"ring": "newCall", "answer": "answer", "hangup": "hangup"}
PAUSE = 4.0  # seconds between the events of a scenario


class Step(NamedTuple):
    """What is posted, and what it shows."""

    event: str
    told: dict[str, str]
    shows: str


def scenario() -> Iterator[Step]:
    """Carla calls Ana, who answers; Dan calls Ben, who doesn't; someone hides their number."""
    carla = {"from": cast.CARLA.phone, "to": "101", "callId": _new_id()}
    yield Step("newCall", carla, "Carla rings at Ana’s")
    yield Step("answer", {**carla, "answeringNumber": "101"}, "Ana answers")
    dan = {"from": cast.DAN.phone, "to": "102", "callId": _new_id()}
    yield Step("newCall", dan, "Dan rings at Ben’s")
    yield Step("hangup", {**dan, "cause": "cancel"}, "Dan gives up: a call to return")
    yield Step("hangup", {**carla, "cause": "normalClearing"}, "Carla hangs up")
    hidden = {"from": "anonymous", "to": "101", "callId": _new_id()}
    yield Step("newCall", hidden, "Someone rings at Ana’s without a number")
    yield Step("hangup", {**hidden, "cause": "cancel"}, "They hang up")


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    try:
        if asked.command == "scenario":
            for step in scenario():
                print(step.shows, flush=True)
                _post(asked, step.event, step.told)
                time.sleep(asked.pause)
            return 0
        call = _call_id(asked)
        told = {"from": asked.sender, "to": asked.to, "callId": call, "direction": asked.direction}
        if asked.command == "answer":
            told["answeringNumber"] = asked.to if asked.direction == "in" else asked.sender
        if asked.command == "hangup":
            told["cause"] = asked.cause
        return 0 if _post(asked, EVENTS[asked.command], told) else 1
    except (OSError, HTTPException, ValueError) as error:
        print(f"Puente can’t be reached at {asked.address}: {error}", file=sys.stderr)
        return 1


def _post(asked: argparse.Namespace, event: str, told: dict[str, str]) -> bool:
    body = json.dumps({"direction": "in", **told, "event": event}).encode()
    url = f"{asked.address.rstrip('/')}/telephone/{asked.secret}/"
    answer = post_json(url, body, seconds=10, most_bytes=10_000)
    print(f"{event} {told['callId']}: {answer.status} {answer.body.decode()}".rstrip(), flush=True)
    return answer.status == 200


def _new_id() -> str:
    return f"fake-{secrets.token_hex(4)}"


def _call_id(asked: argparse.Namespace) -> str:
    """The last one that rang, unless it's named."""
    note: Path = embedded.home() / "fake_phone"
    if asked.call:
        return str(asked.call)
    if asked.command == "ring":
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(_new_id())
    try:
        return note.read_text()
    except FileNotFoundError:
        raise ValueError("no call has rung yet; name one with --call") from None


def _address() -> str:
    """Of the demo that runs here."""
    note = embedded.home() / "demo.lock"
    found = note.read_text().strip() if note.exists() else ""
    return found or "http://127.0.0.1:8000/"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.fake_phone",
        description="Post the calls of a telephone system to the demo, or to any Puente.",
        epilog="Example: python -m tools.fake_phone ring --to 101 --from +12105550134",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, said in (
        ("ring", "a phone rings"),
        ("answer", "it’s answered"),
        ("hangup", "the call ends"),
        ("scenario", "several calls, one event every few seconds"),
    ):
        one = commands.add_parser(name, help=said, description=said)
        one.add_argument("--address", default=_address(), help="where Puente runs")
        one.add_argument("--secret", default=cast.PHONE_SECRET, help="one of TELEPHONE_SECRETS")
        if name == "scenario":
            one.add_argument("--pause", type=float, default=PAUSE, help="seconds between events")
            continue
        one.add_argument("--from", dest="sender", default=cast.CARLA.phone, help="who calls")
        one.add_argument("--to", default="101", help="who is called: an extension or a number")
        one.add_argument("--direction", choices=("in", "out"), default="in")
        one.add_argument("--call", default="", help="ID of the call (the last one that rang)")
        if name == "hangup":
            one.add_argument("--cause", default="normalClearing", help="why it ended")
    return parser


if __name__ == "__main__":
    sys.exit(main())
