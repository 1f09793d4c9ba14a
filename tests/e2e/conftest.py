"""All of Puente as real processes, and people in front of real browsers."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import chromium
from tests.patience import PATIENCE
from tools import inbox
from tools.company import cast
from tools.processes import Child, stop_children, wait_until_ready

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: Environment variables of a demo that these tests must not pass on.
OURS = ("PUENTE_ENV", "DATABASE_URL", "REDIS_URL", "DATABASE_POOL", "EVIDENCE_ROOT", "DEBUG")
T = TypeVar("T")

expect.set_options(timeout=PATIENCE * 1000)


def eventually(look: Callable[[], T | None], what: str, seconds: float = PATIENCE) -> T:
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"{what} did not come within {seconds:.0f} s"
        time.sleep(0.05)
    return found


@dataclass
class Stack:
    """Web server, worker, scheduler, PostgreSQL, Valkey and inbox of `make demo`."""

    address: str
    home: Path

    def mails(self, to: str) -> list[inbox.Message]:
        """Newest first."""
        every = inbox.list_messages(self.home / "inbox", limit=1000)
        return [mail for mail in every if mail.recipients == (to,)]

    def mail(self, to: str, about: str) -> inbox.Message:
        """The mail with these words in its subject, once it has arrived over SMTP."""

        def look() -> inbox.Message | None:
            return next((mail for mail in self.mails(to) if about in mail.subject), None)

        return eventually(look, f"a mail to {to} about {about}")

    def code(self, to: str, after: int) -> str:
        """The sign-in code in the mail that follows the first `after` to this address."""
        eventually(lambda: len(self.mails(to)) > after, f"a code for {to}")

        def look() -> re.Match[str] | None:
            texts = (mail.text for mail in self.mails(to)[: len(self.mails(to)) - after])
            return next(
                filter(None, (re.search(r"^\d{3} \d{3}$", text, re.M) for text in texts)), None
            )

        return eventually(look, f"a code for {to}")[0]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    found = chromium.path()
    if found is None:
        why = "NO BROWSER: there is no Chromium here; python -m tests.chromium --ensure gets one"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def stack(browser: Browser) -> Iterator[Stack]:
    """Started once if there is a browser for it; every process is stopped with it."""
    home = Path(tempfile.mkdtemp(prefix="puente-"))  # short: sockets lie in it
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    environment |= {"PUENTE_HOME": str(home), "PUENTE_DEMO": "1", "PYTHONUNBUFFERED": "1"}
    environment["MAIL_CAP_PER_HOUR"] = "1000"  # Carla calls more often in it than anyone would
    ports = ["--port", "0", "--smtp-port", "0"]  # any
    log = home / "log" / "demo.log"

    def address(demo: Child) -> str:
        found = re.search(r"Puente is running: +(\S+)/ ", demo.log.read_text())
        return found[1] if found else ""

    command = [sys.executable, "-m", "tools.demo", *ports]
    demo = Child("demo", command, log, lambda demo: bool(address(demo)), environment)
    try:
        wait_until_ready([demo], seconds=300)
        yield Stack(address(demo), home)
    finally:
        stop_children([demo], seconds=40)
        shutil.rmtree(home, ignore_errors=True)


@dataclass
class Visit:
    """One person's browser window, which remembers what went wrong in it."""

    page: Page
    stack: Stack
    email: str = ""
    problems: list[str] = field(default_factory=list)
    has_switched_language: bool = False  # which is saved with the person

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", self._request)

    def _console(self, message: Any) -> None:
        # A refusing page answers 4xx, which browsers log as an error; htmx, that a newer question
        # took the place of one on its way (hx-sync).
        expected = ("responded with a status of 4", "htmx:afterRequest", "htmx:sendAbort")
        # What a case asks every few seconds may find the line that a test has cut.
        is_lost = (
            urlsplit(message.location["url"]).path == "/cases/live/" and "net::" in message.text
        )
        if message.type != "error" or is_lost:
            return
        if not any(each in message.text for each in expected):
            self.problems.append(message.text)

    def _request(self, request: Any) -> None:
        if (request.method, urlsplit(request.url).path) == ("POST", "/language/"):
            self.has_switched_language = True
        if not request.url.startswith((self.stack.address, "data:", "blob:")):
            self.problems.append(f"a request to {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.stack.address + path)
        return self.page


class SignedIn(NamedTuple):
    """The cookies of someone who signed in by the form, and the language they read."""

    cookies: Any
    language: str


@pytest.fixture(scope="package")
def signed_in(browser: Browser, stack: Stack) -> Callable[[str], SignedIn]:
    """The first time they're needed."""
    known: dict[str, SignedIn] = {}

    def state(email: str) -> SignedIn:
        if email not in known:
            with window(browser) as context:
                page = context.new_page()
                page.goto(f"{stack.address}/account/login/")
                (by_code if email.endswith("@example.com") else by_password)(page, stack, email)
                language = page.locator("html").get_attribute("lang")
                known[email] = SignedIn(context.storage_state(), str(language))
        return known[email]

    return state


def by_password(page: Page, stack: Stack, email: str) -> None:
    page.fill("[name=login]", email)
    page.fill("[name=password]", cast.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile("/(cases|leases)/$"))  # a merchant has no cases


def by_code(page: Page, stack: Stack, email: str) -> None:
    before = len(stack.mails(email))
    page.fill("[name=email]", email)
    page.press("[name=email]", "Enter")
    page.wait_for_url("**/code/confirm/**")
    page.fill("[name=code]", stack.code(email, before))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/portal/")


@contextmanager
def window(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE * 1000)
    yield context
    context.close()


def give_language_back(browser: Browser, stack: Stack, person: SignedIn) -> None:
    """Whoever comes next, in another test, reads the language that is theirs."""
    with window(browser, storage_state=person.cookies) as context:
        page = context.new_page()
        page.goto(f"{stack.address}/")
        if page.locator("html").get_attribute("lang") != person.language:
            button = page.locator(f".languages [value={person.language}]")
            button.evaluate("(button) => button.click()")  # in a narrow window it's in a menu
            expect(page.locator("html")).to_have_attribute("lang", person.language)


@pytest.fixture
def visit(
    browser: Browser, stack: Stack, signed_in: Callable[[str], SignedIn]
) -> Iterator[Callable[..., Visit]]:
    """Opens a window for someone; after the test none of them may have had a problem."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def begin(email: str = "", **options: Any) -> Visit:
        if email:
            options["storage_state"] = signed_in(email).cookies
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        visits.append(Visit(context.new_page(), stack, email))
        return visits[-1]

    yield begin
    for context in contexts:
        context.close()
    for email in {each.email for each in visits if each.email and each.has_switched_language}:
        give_language_back(browser, stack, signed_in(email))
    assert [problem for each in visits for problem in each.problems] == []
