"""The database every test run starts with: migrated once, then copied for each worker of each run.

Its name is made from what it was made of, so that no one gets one of other migrations.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from psycopg import sql

PREFIX = "puente_template_"
ROOMS = ("accounts", "telephone", "mail", "leases", "cases")
#: Older ones are dropped; some stay, for branches with other migrations.
KEPT = 4
#: Any number that means this and nothing else to PostgreSQL.
LOCK = 20_261_118


def ensure() -> str:
    """The template's name. Whoever comes first makes it; the others wait for it."""
    name = PREFIX + _fingerprint()
    at = connection.settings_dict
    with psycopg.connect(
        dbname="postgres", user=at["USER"], password=at["PASSWORD"] or None,
        host=at["HOST"], port=at["PORT"] or None, autocommit=True,
    ) as server:  # fmt: skip
        # Until this connection ends, even by a kill.
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _names(server, name):
            _make(server, name)
    return name


def _make(server: psycopg.Connection, name: str) -> None:
    unfinished = sql.Identifier(f"{PREFIX}unfinished")
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(unfinished))
    server.execute(sql.SQL("CREATE DATABASE {}").format(unfinished))
    meant = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = f"{PREFIX}unfinished"
    try:
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
        call_command("createcachetable", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = meant
    # Anyone connected to it would keep others from copying it.
    server.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(unfinished))
    server.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(unfinished, sql.Identifier(name))
    )
    for old in _names(server, f"{PREFIX}%")[KEPT:]:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(old)))


def _names(server: psycopg.Connection, like: str) -> list[str]:
    """The newest first."""
    found = server.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC", [like]
    )
    return [name for (name,) in found]


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for package in ("Django", "django-allauth", "django-pgtrigger"):
        digest.update(version(package).encode())
    for path in sorted(set(_sources())):
        digest.update(f"{path.name} {path.stat().st_size}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    """Our migrations, and what they take from the code: above all, texts."""
    for room in ROOMS:
        for path in Path(apps.get_app_config(room).path, "migrations").glob("*.py"):
            yield path
            for name in _imported(path):
                found = importlib.util.find_spec(name)
                if found is None or found.origin is None:
                    continue
                origin = Path(found.origin)
                yield from origin.parent.glob("*.py") if origin.stem == "__init__" else [origin]


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        else:
            continue
        yield from (name for name in names if name.partition(".")[0] in (*ROOMS, "common"))
