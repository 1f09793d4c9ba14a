"""What a command says about itself: in plain English, and with an example."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import BaseCommand, get_commands, load_command_class

from tests.template import ROOMS
from tests.words.sources import Text
from tests.words.style import breaches

NAMES = sorted(
    (str(app), name)
    for name, app in get_commands().items()
    if str(app) in {*ROOMS, "tools"} and apps.is_installed(str(app))
)


def helps(app: str, name: str) -> Iterator[str]:
    """Without what Django says about the options of every command."""
    common = {action.help for action in BaseCommand().create_parser("manage.py", "x")._actions}
    parser = load_command_class(app, name).create_parser("manage.py", name)
    yield from (parser.description or "", parser.epilog or "")
    yield from (action.help for action in parser._actions if action.help not in {*common, None})


def test_every_command_is_read() -> None:
    assert ("cases", "build_search") in NAMES
    assert ("mail", "drain_outbox") in NAMES
    assert ("tools", "load_demo") in NAMES
    assert len(NAMES) == 13


@pytest.mark.parametrize(("app", "name"), NAMES)
def test_help_is_plain_and_has_an_example(app: str, name: str) -> None:
    said = " ".join(helps(app, name))
    assert "Example:" in said
    assert f"manage.py {name} " in f"{said} "
    words = re.sub(r'"[^"]*"', "x", " ".join(said.split()))  # the shell wants straight quotes
    assert list(breaches(Text("en", frozenset({"staff"}), name, words))) == []
