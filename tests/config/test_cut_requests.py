"""Connections that break in the middle of a request, through the real web server."""

from __future__ import annotations

import base64
import json
import re
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from cases.models import Case, Entry, Evidence, InboundMail
from common import ports
from common.ports import LOCAL
from leases.actions import create_api_key
from leases.models import Customer, IdempotentRequest, Lease, LedgerEntry, Store
from tests.cases.evidence.evidence_makers import image_bytes
from tests.drills.web import CSRF, web
from tests.mail.processes import Program, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 60.0
BOUNDARY = "frontera42"
PROVIDER = "puente:hemlig"
MESSAGE = "Pagué el martes en la tienda y aquí está la foto del recibo."


class Site(NamedTuple):
    port: int
    program: Program
    evidence: Path


@pytest.fixture(scope="module")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """granian as production runs it."""
    folder = tmp_path_factory.mktemp("web")
    changes = {
        "EVIDENCE_ROOT": str(folder / "evidence"),
        "INBOUND_ADDRESS": "respuestas@puente.example",
        "INBOUND_PROVIDER": "postmark",
        "ANYMAIL_WEBHOOK_SECRET": PROVIDER,
    }
    with (
        ports.hold(0, "web server") as listener,
        web(listener, folder / "web.log", **changes) as program,
    ):
        yield Site(ports.port_of(listener), program, folder / "evidence")


class Request(NamedTuple):
    """Head and body, so that a test can break it anywhere."""

    path: str
    headers: dict[str, str]
    body: bytes

    def head(self, length: int | None = None) -> bytes:
        headers = {"Host": LOCAL, "Connection": "close", **self.headers}
        headers["Content-Length"] = str(len(self.body) if length is None else length)
        lines = [f"POST {self.path} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode()


def send(site: Site, sent: bytes, *, ending: str = "fin") -> int:
    """The status of the answer. A client that resets the connection gets none: the log shows it."""
    refused = refusals(site)
    with closing(socket.create_connection((LOCAL, site.port), PATIENCE)) as client:
        client.sendall(sent)
        if ending == "rst":
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
            wait_for(lambda: refusals(site) > refused, what="the refusal", seconds=PATIENCE)
            return 400
        if ending == "fin":
            client.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(partial(client.recv, 65536), b""))
    found = re.match(rb"HTTP/1\.1 (\d+)", answer)
    assert found, answer[:200]
    return int(found[1])


def refusals(site: Site) -> int:
    return site.program.log.read_text().count("WARNING django.request")


def signed_in(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {"Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={CSRF}"}


def form(**fields: str) -> list[bytes]:
    return [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in {"csrfmiddlewaretoken": CSRF, **fields}.items()
    ]


def photo(name: str, content: bytes) -> bytes:
    head = (
        f"--{BOUNDARY}\r\n"
        f'Content-Disposition: form-data; name="evidence"; filename="{name}"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    return head.encode() + content + b"\r\n"


@pytest.fixture
def message(open_case: Callable[..., Case], carla: Customer) -> Request:
    """A customer's words and two photos."""
    parts = [*form(body=MESSAGE), photo("uno.jpg", image_bytes((900, 700)))]
    parts += [photo("dos.jpg", image_bytes((40, 30))), f"--{BOUNDARY}--\r\n".encode()]
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    path = f"/portal/cases/{open_case().number}/messages/"
    assert carla.user
    return Request(path, headers | signed_in(carla.user), b"".join(parts))


CUTS: dict[str, Callable[[bytes], int]] = {
    "in the words": lambda body: body.index(b"martes") + 3,
    "before the first file": lambda body: body.index(b"uno.jpg") - 60,
    "in a file": lambda body: body.index(b"uno.jpg") + 400,
    "between the files": lambda body: body.index(b"--frontera42", body.index(b"uno.jpg")),
    "after the line between the files": lambda body: (
        body.index(b"--frontera42", body.index(b"uno.jpg")) + len(BOUNDARY) + 2
    ),
    "before the last line": lambda body: body.rindex(b"--frontera42"),
    "in the last line": lambda body: len(body) - 4,
    "nothing came": lambda body: 0,
}


@pytest.mark.parametrize("ending", ["fin", "rst"])
@pytest.mark.parametrize("where", CUTS)
def test_a_message_that_broke_off_is_not_saved(
    site: Site, message: Request, where: str, ending: str
) -> None:
    before = Entry.objects.count()
    came = message.body[: CUTS[where](message.body)]
    assert send(site, message.head() + came, ending=ending) == 400
    assert (Entry.objects.count(), Evidence.objects.count()) == (before, 0)
    assert not [each for each in site.evidence.rglob("*") if each.is_file()]


def test_whole_it_is_saved(site: Site, message: Request) -> None:
    assert send(site, message.head() + message.body, ending="") == 302
    assert Entry.objects.latest("pk").body == MESSAGE
    assert {each.name for each in Evidence.objects.all()} == {"uno.jpg", "dos.jpg"}
    for file in site.evidence.rglob("*"):
        if file.is_file():
            file.unlink()


@pytest.mark.parametrize("where", ["in the words", "between the files", "before the last line"])
def test_a_form_with_an_open_end_is_cut_whatever_its_length_says(
    site: Site, message: Request, where: str
) -> None:
    """As when a proxy passes on what it got."""
    before = Entry.objects.count()
    came = message.body[: CUTS[where](message.body)]
    assert send(site, message.head(len(came)) + came, ending="") == 400
    assert Entry.objects.count() == before


@pytest.mark.parametrize("ending", ["", "fin"])
def test_nor_one_in_pieces_of_which_nobody_knows_how_many_there_are(
    site: Site, message: Request, ending: str
) -> None:
    before = Entry.objects.count()
    head = message.head().replace(b"Content-Length", b"Transfer-Encoding: chunked\r\nX-Was")
    for body in (message.body, message.body[: CUTS["between the files"](message.body)]):
        pieces = f"{len(body):x}\r\n".encode() + body + b"\r\n"
        assert send(site, head + pieces + b"0\r\n\r\n" * (not ending), ending=ending) == 400
    assert Entry.objects.count() == before


@pytest.mark.parametrize("ending", ["fin", "rst"])
def test_an_amount_that_broke_off_is_no_payment(
    site: Site, deliver: Callable[..., Lease], ana: User, ending: str
) -> None:
    lease = deliver()
    body = (
        f"csrfmiddlewaretoken={CSRF}&on=2026-11-18&method=cash&reference=&part="
        "&token=0f8fad5bd9cb469fa16570867728950e&amount=12345.00"
    ).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"} | signed_in(ana)
    payment = Request(f"/leases/{lease.account_number}/payments/", headers, body)
    before = LedgerEntry.objects.count()
    assert send(site, payment.head() + body.removesuffix(b"345.00"), ending=ending) == 400
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize("ending", ["fin", "rst"])
def test_a_form_that_needs_nothing_waits_for_its_end_as_well(
    site: Site, open_case: Callable[..., Case], ana: User, ending: str
) -> None:
    """With the token in a header, as scripts send it: the view itself wouldn't read anything."""
    number = open_case().number
    assert Case.objects.get().assignee == ana
    headers = {"Content-Type": "text/plain", "X-CSRFToken": CSRF} | signed_in(ana)
    taken = Request(f"/cases/{number}/assignment/", headers, b"to=")
    assert send(site, taken.head(5) + taken.body, ending=ending) == 400
    assert Case.objects.get().assignee == ana
    assert send(site, taken.head() + taken.body, ending="") == 302
    assert Case.objects.get().assignee is None


@pytest.mark.parametrize("ending", ["fin", "rst"])
def test_a_merchants_call_that_broke_off_is_told_so(
    site: Site, irene: User, luna: Store, now: datetime, ending: str
) -> None:
    _, sent = create_api_key(merchant=luna.merchant, store=luna, name="Caja 1", by=irene, now=now)
    body = json.dumps({"data": {"income": "2000"}}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {sent}"}
    headers |= {"Idempotency-Key": "una-vez"}
    call = Request("/api/v1/application", headers, body + b" " * 9)
    assert send(site, call.head() + body, ending=ending) == 400
    assert not IdempotentRequest.objects.exists()


@pytest.mark.parametrize("ending", ["fin", "rst"])
def test_a_mail_that_broke_off_comes_again_from_the_provider(site: Site, ending: str) -> None:
    body = json.dumps({"RawEmail": "From: x@y.example\n\nHola", "Headers": []}).encode()
    known = base64.b64encode(PROVIDER.encode()).decode()
    headers = {"Content-Type": "application/json", "Authorization": f"Basic {known}"}
    mail = Request("/mail-in/", headers, body + b" " * 9)
    assert send(site, mail.head() + body, ending=ending) == 400
    assert not InboundMail.objects.exists()
    assert send(site, mail.head() + mail.body, ending="") == 200
    assert InboundMail.objects.exists()


def test_the_page_says_that_nothing_was_saved(
    site: Site, message: Request, carla: Customer
) -> None:
    with closing(socket.create_connection((LOCAL, site.port), PATIENCE)) as client:
        client.sendall(message.head() + message.body[:300])
        client.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(partial(client.recv, 65536), b"")).decode()
    assert "La conexión se cortó" in answer
    assert "No se guardó nada" in answer


def test_large_files_go_to_disk_as_they_come(site: Site, message: Request) -> None:
    """A file of 24 MB whose last bytes don't come doesn't cost the server that much memory."""
    import psutil  # noqa: PLC0415

    parent = psutil.Process(site.program.process.pid)
    workers = [each for each in parent.children(recursive=True) if not each.children()]
    before = sum(each.memory_info().rss for each in workers)
    large = message.body.replace(b"\r\n--frontera42--\r\n", b"x" * 24 * 2**20)
    assert send(site, message._replace(body=large + b"x").head() + large) == 400
    assert sum(each.memory_info().rss for each in workers) - before < 12 * 2**20
    assert connection.is_usable()
