"""PgBouncer in transaction mode in front of a drill's own PostgreSQL, on a socket next to it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from tests import pgbouncer
from tests.drills.servers import Servers
from tests.mail.processes import wait_for
from tools import embedded_servers, processes

PORT = 6432  # only names the socket
FEW = 3  # connections behind it: fewer than its clients, so that they use each other's
SETTINGS = """
[databases]
puente = host={folder} port=5432 user=puente dbname=puente
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = any
admin_users = puente
pool_mode = transaction
default_pool_size = {few}
"""


@contextmanager
def in_front_of(servers: Servers) -> Iterator[str]:
    """The DATABASE_URL that leads through it."""
    program = pgbouncer.path()
    if program is None:
        why = "NO PGBOUNCER: there is none here; python -m tests.pgbouncer --ensure gets one"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    file = servers.sockets / "pgbouncer.ini"
    file.write_text(SETTINGS.format(folder=servers.sockets, port=PORT, few=FEW))
    file.chmod(0o644)  # it is no one’s, not ours
    log = servers.home / "log" / "pgbouncer.log"
    user = embedded_servers._server_user()  # it refuses to run as root, too
    who: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid} if user else {}
    with log.open("ab") as output:
        process = subprocess.Popen([program, file], stdout=output, stderr=output, **who)

    def answers() -> bool:
        assert process.poll() is None, processes.last_lines(log)
        return Path(f"{servers.sockets}/.s.PGSQL.{PORT}").exists()

    try:
        wait_for(answers, what="the start of PgBouncer")
        yield f"postgresql://puente@{quote(str(servers.sockets), safe='')}:{PORT}/puente"
    finally:
        process.terminate()
        process.wait(60)


def reconnect(servers: Servers) -> None:
    """Its open connections learn what a role was given in the meantime."""
    where = {"host": str(servers.sockets), "port": PORT, "user": "puente"}
    with psycopg.connect(**where, dbname="pgbouncer", autocommit=True) as console:
        console.execute("RECONNECT")
