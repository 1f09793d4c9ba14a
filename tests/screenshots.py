"""`make screenshots`: every page in both languages, light and dark, at three widths.

Runs its own demo under .screenshots/ and takes its pages as the demo's people see them.
"""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.parse import urlsplit

from tqdm import tqdm

from tests import chromium
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

FOLDER = Path(__file__).resolve().parent.parent / ".screenshots"
PROPOSAL = "?plan=recovery&count=3&first_on=2027-12-04&step=weekly"
LOWERED = "?plan=restructuring&lowered=2&percent=50&spread=end"
LANGUAGES = ("es", "en")
SCHEMES = ("light", "dark")
WIDTHS = (320, 768, 1440)
NOBODY, ANA, SOFIA, MATEO, IRENE = "", "ana", "sofia", "mateo", "irene"
CARLA, ELENA = "carla", "elena"


@dataclass(frozen=True)
class Picture:
    name: str
    person: str
    address: str
    then: Callable[[Page], object] | None = None  # what is done before the picture is taken


def main() -> int:
    arguments = _arguments()
    browser = chromium.ensure()
    if browser is None:
        print("No Chromium could be found or installed.", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    os.environ.setdefault("PUENTE_HOME", str(FOLDER / "home"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop; nothing here shares it
    with demo(arguments.address, arguments.port) as address:
        import django  # noqa: PLC0415 - its settings name the demo's servers

        from tools import embedded  # noqa: PLC0415

        embedded.start_servers()
        django.setup()
        _take_all(browser, address, arguments)
    return 0


def pictures() -> list[Picture]:
    from django.utils import timezone  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from cases.models import CallDraft, Case, CaseCharge, Evidence  # noqa: PLC0415
    from common.company_day import business_day  # noqa: PLC0415
    from leases.models import LateReport, Lease, PaidOffLetter, Refund  # noqa: PLC0415
    from leases.queries.ledger import standing_of  # noqa: PLC0415

    carlas = Case.objects.filter(lease__customer__email="carla@example.com").first()
    late = LateReport.objects.order_by("pk")
    reported, told_late = late[0].lease, late[1].lease
    ended = Lease.objects.effectively("contracts_expired", timezone.now())
    ended = ended.filter(late_reports=None)
    unreported = ended.order_by("pk").first() or reported
    ana = User.objects.get(email__startswith="ana@")
    with_file = Case.objects.filter(pk__in=Evidence.objects.values("entry__case")).first() or carlas
    escalated = Case.objects.filter(status="escalated").first() or carlas
    active = Case.objects.active().exclude(status="escalated").first() or carlas
    snoozed = Case.objects.snoozed().first() or carlas
    resolved = Case.objects.filter(status="resolved").first() or carlas
    running = Lease.objects.filter(status__in=["approved", "contracts"]).order_by("pk").first()
    expired = Lease.objects.filter(status="contracts_expired").first() or running
    funded = Lease.objects.filter(status="funded", customer__email="carla@example.com").first()
    money = f"/leases/{funded.account_number}/"
    promised = Case.objects.filter(entries__event="plan_agreed").first() or carlas
    today = business_day(timezone.now())
    behind = next(
        each
        for each in Lease.objects.filter(status="funded", plans=None).order_by("pk")
        if each.program.recovery_payments and standing_of(each, today).arrears
    )
    paid = funded.ledger.filter(kind="payment").last()
    quote = f"/leases/{funded.account_number}/quotes/{funded.quotes.latest('id').pk}/"
    unfinished = CallDraft.objects.unfinished()
    draft = unfinished.filter(agent__email__startswith="ana").first()
    call = f"/calls/{draft.number}/" if draft else "/cases/"
    discarded = CallDraft.objects.discarded().first()
    case = f"/cases/{with_file.number}/"
    mine = f"/portal/cases/{carlas.number}/"

    reviewed = CaseCharge.objects.open().first().case
    decided = CaseCharge.objects.exclude(charge__decision="").first().case
    owed = Refund.objects.unpaid().filter(charge=None).first()
    refunding = owed.in_case.case
    elenas = f"/portal/leases/{reviewed.lease.account_number}/"
    paid_off = PaidOffLetter.objects.in_force().first().lease.account_number

    next_week = f"?whose=everybody&week={today + timedelta(days=7)}"

    return [
        Picture("login", NOBODY, "/account/login/"),
        Picture("login-refused", NOBODY, "/account/login/", _refused_sign_in),
        Picture("code", NOBODY, "/account/login/code/"),
        Picture("code-confirm", NOBODY, "/account/login/code/", _ask_for_a_code),
        Picture("password-reset", NOBODY, "/account/password/reset/"),
        Picture("signup", NOBODY, "/account/signup/"),
        Picture("inbox", NOBODY, "/inbox/"),
        Picture("not-found", NOBODY, "/nothing/here/"),
        Picture("queue", ANA, "/cases/"),
        Picture("queue-snoozed", ANA, "/cases/?view=snoozed"),
        Picture("case-reopen", ANA, f"/cases/{resolved.number}/?open=reopen"),
        Picture("case-snooze", ANA, f"/cases/{snoozed.number}/?open=snooze"),
        Picture("case-tags", ANA, f"/cases/{carlas.number}/?open=tags"),
        Picture("queue-dock", ANA, "/cases/", _select_cases),
        Picture("queue-all", SOFIA, "/cases/?view=all"),
        Picture("queue-empty", SOFIA, "/cases/?view=mine&kind=exchange&language=en"),
        Picture("keys", ANA, "/cases/", lambda page: page.keyboard.press("?")),
        Picture(
            "menu",
            ANA,
            "/cases/",
            lambda page: page.locator(".frame-inner > .menu > summary").click(),
        ),
        Picture("call", ANA, call),
        Picture("call-found", ANA, call, _find_a_contract),
        Picture("call-refused", ANA, call, lambda page: _submit(page, "form[data-draft-url]")),
        Picture("calls", ANA, "/calls/"),
        Picture("phone-calls", ANA, "/phone/"),
        Picture("find-without-lease", ANA, "/find/?q=Rosa"),
        Picture("calls-discarded", ANA, "/calls/?state=discarded"),
        Picture("call-discarded", ANA, f"/calls/{discarded.number}/" if discarded else "/calls/"),
        Picture("call-colleague", SOFIA, call),
        Picture("case", ANA, case),
        Picture("case-public", ANA, case, _write_to_the_customer),
        Picture("case-mail", ANA, case, _open_a_mail),
        Picture("file", ANA, case, lambda page: page.click(".timeline .file")),
        Picture("unreadable", ANA, case, lambda page: page.click("a[href$='/unreadable/']")),
        Picture("case-refused", ANA, case, _write_nothing),
        Picture("case-charges", ANA, f"/cases/{reviewed.number}/?open=charges"),
        Picture("case-charges-decided", ANA, f"/cases/{decided.number}/?open=charges"),
        Picture("charges-choose", ANA, f"/cases/{reviewed.number}/charges/"),
        Picture("charges-decide", SOFIA, f"/cases/{reviewed.number}/charges/decisions/"),
        Picture(
            "charges-preview", SOFIA, f"/cases/{reviewed.number}/charges/decisions/", _let_stay
        ),
        Picture("call-charges", ANA, call, _choose_charges),
        Picture("letter", ANA, f"/leases/{paid_off}/statement/"),
        Picture("portal-charges", ELENA, elenas),
        Picture("portal-case-charges", ELENA, f"/portal/cases/{reviewed.number}/"),
        Picture("portal-letter", ELENA, f"/portal/leases/{paid_off}/"),
        Picture("resolve", ANA, f"/cases/{active.number}/resolution/"),
        Picture("resolve-refused", ANA, f"/cases/{active.number}/resolution/", _submit_resolution),
        Picture("resolve-preview", ANA, f"/cases/{active.number}/resolution/", _resolve),
        Picture("case-resolved", ANA, f"/cases/{resolved.number}/"),
        Picture("case-escalated", SOFIA, f"/cases/{escalated.number}/"),
        Picture("case-follow-up", ANA, f"{case}?open=follow-ups", _open_a_follow_up),
        Picture("follow-ups", ANA, "/correspondence/follow-ups/"),
        Picture("follow-ups-all", SOFIA, f"/correspondence/follow-ups/{next_week}"),
        Picture("follow-ups-held", SOFIA, f"/correspondence/follow-ups/{next_week}", _pick_up),
        Picture("find", ANA, "/find/?q=mar"),
        Picture("find-words", ANA, "/find/?q=pago"),
        Picture("find-bad-number", ANA, "/find/?q=260000018"),
        Picture("find-nothing", ANA, "/find/?q=nobody@example.com"),
        Picture("leases", ANA, "/leases/"),
        Picture("lease", ANA, f"/leases/{running.account_number}/"),
        Picture("lease-funded", ANA, money),
        Picture("lease-mails", MATEO, f"{money}mails/"),
        Picture("lease-mail", ANA, f"{money}mails/", lambda page: page.click(".mail-state a")),
        Picture("lease-steps", MATEO, f"/leases/{running.account_number}/"),
        Picture("monitoring", ANA, "/leases/monitoring/"),
        Picture("worklist", ANA, "/leases/monitoring/invoices/"),
        Picture("admin-import", IRENE, "/admin/leases/lease/import/"),
        Picture("lease-expired", ANA, f"/leases/{expired.account_number}/"),
        Picture("lease-late-steps", MATEO, f"/leases/{unreported.account_number}/", _open_late),
        Picture("lease-late-report", SOFIA, f"/leases/{reported.account_number}/"),
        Picture("lease-late-funded", ANA, f"/leases/{told_late.account_number}/"),
        Picture("returns-open", SOFIA, "/leases/returns/"),
        Picture("refunds-owed", ANA, "/cases/refunds/"),
        Picture("refunds-of-a-case", SOFIA, f"/cases/{refunding.number}/refunds/"),
        Picture("refund", SOFIA, f"/cases/{refunding.number}/refunds/{owed.pk}/"),
        Picture("admin-leaving", IRENE, f"/admin/accounts/user/{ana.pk}/change/"),
        Picture("money-schedule", ANA, f"{money}schedule/"),
        Picture("money-statement", ANA, f"{money}statement/"),
        Picture("money-refused", ANA, f"{money}statement/", _refused_payment),
        Picture("money-correct", SOFIA, f"{money}statement/?entry={paid.pk}"),
        Picture("plans", ANA, f"{money}plans/"),
        Picture("plans-proposal", ANA, f"/leases/{behind.account_number}/plans/{PROPOSAL}"),
        Picture(
            "plans-lower", ANA, f"{money}plans/?plan=restructuring&lowered=2&percent=50&spread=end"
        ),
        Picture("plans-refused", ANA, f"{money}plans/", _refused_move),
        Picture("plans-case", ANA, f"/cases/{promised.number}/"),
        Picture("wishes", ANA, f"{money}wishes/"),
        Picture("attempts", ANA, "/cases/attempts/"),
        Picture("complaints", SOFIA, "/cases/complaints/"),
        Picture("autopay", ANA, f"{money}automatic-payments/"),
        Picture("autopay-set-up", ANA, f"/leases/{behind.account_number}/automatic-payments/"),
        Picture("autopay-refused", ANA, f"{money}automatic-payments/", _refused_change),
        Picture("buyout", ANA, f"/leases/{funded.account_number}/buyout/"),
        Picture("buyout-none", ANA, f"/leases/{running.account_number}/buyout/"),
        Picture("quote", ANA, quote),
        Picture("quote-purchase", ANA, quote, lambda page: page.click("main details summary")),
        Picture("quote-refused", ANA, quote, _refused_purchase),
        Picture("statuses", ANA, "/leases/statuses/"),
        Picture("missing", ANA, "/cases/260000008/"),
        Picture("password", ANA, "/account/password/change/"),
        Picture("second-factor", ANA, "/account/2fa/"),
        Picture("reauthenticate", ANA, "/account/reauthenticate/?next=/account/2fa/"),
        Picture("totp", ANA, "/account/2fa/totp/activate/"),
        Picture("admin", IRENE, "/admin/"),
        Picture("admin-templates", IRENE, "/admin/mail/emailtemplate/"),
        Picture("correspondence", SOFIA, "/correspondence/"),
        Picture("parked", ANA, "/correspondence/parked/"),
        Picture(
            "parked-mail",
            ANA,
            "/correspondence/parked/",
            lambda page: page.locator("main .card h3 a").first.click(),
        ),
        Picture("addresses", ANA, "/correspondence/addresses/"),
        Picture("uncertain", SOFIA, "/correspondence/uncertain/"),
        Picture("failed", SOFIA, "/correspondence/failed/"),
        Picture("texts", ANA, "/correspondence/texts/"),
        Picture("text-read", ANA, "/correspondence/texts/plan_agreed/"),
        Picture("text-edit", IRENE, "/correspondence/texts/evidence_requested/"),
        Picture("text-refused", IRENE, "/correspondence/texts/message_added/", _refused_text),
        Picture("text-version", ANA, "/correspondence/texts/case_opened/versions/1/"),
        Picture("scripts", ANA, "/correspondence/scripts/"),
        Picture("script-edit", IRENE, "/correspondence/scripts/dispute/email/"),
        Picture("script-refused", IRENE, "/correspondence/scripts/return/call/", _refused_script),
        Picture("case-scripts", ANA, case, _open_scripts),
        Picture("call-scripts", ANA, call, _find_a_contract_and_choose),
        Picture("admin-program", IRENE, "/admin/leases/program/add/"),
        Picture("admin-state-rule", IRENE, "/admin/leases/staterule/1/change/"),
        Picture("admin-leases", IRENE, "/admin/leases/lease/"),
        Picture("admin-lease", IRENE, f"/admin/leases/lease/{running.pk}/change/"),
        Picture("admin-ledger", IRENE, "/admin/leases/ledgerentry/"),
        Picture("admin-key-made", IRENE, "/admin/leases/apikey/add/", _make_a_key),
        Picture("admin-key-revoked", IRENE, "/admin/leases/apikey/", _ask_to_revoke),
        Picture("admin-deliveries", IRENE, "/admin/leases/webhookdelivery/"),
        Picture("portal", CARLA, "/portal/"),
        Picture("portal-wishes", CARLA, "/portal/contact/"),
        Picture("portal-case", CARLA, mine),
        Picture("portal-refused", CARLA, mine, lambda page: _submit(page, "main form[enctype]")),
        Picture("portal-lease", CARLA, f"/portal/leases/{carlas.lease.account_number}/"),
        Picture("portal-buyout", CARLA, f"/portal/leases/{funded.account_number}/"),
        Picture("portal-missing", CARLA, "/portal/cases/260000008/"),
    ]


# --- what is done before a picture ------------------------------------------------------------


def _refused_sign_in(page: Page) -> None:
    page.fill("[name=login]", "ana@puente.example")
    page.fill("[name=password]", "not-the-password")
    page.click("form:has([name=password]) button")


def _ask_for_a_code(page: Page) -> None:
    page.fill("[name=email]", f"nobody-{secrets.token_hex(4)}@example.com")
    page.click("main form button")


def _make_a_key(page: Page) -> None:
    page.click(".field-merchant .select2-selection")
    page.locator(".select2-results__option--highlighted[aria-selected]").click()
    page.fill("[name=name]", "Caja")
    page.click("[name=_save]")


def _ask_to_revoke(page: Page) -> None:
    page.locator(".action-select").first.check()
    page.select_option("[name=action]", "revoke")
    page.click("button[name=index]")


def _select_cases(page: Page) -> None:
    for box in page.locator("tr.row [name=case]").all()[:3]:
        box.check()


def _submit(page: Page, form: str) -> None:
    """What is wrong is told by the page itself or by the one that follows."""
    page.locator(form).first.locator("button[type=submit]:not([name])").last.click()
    page.wait_for_selector("main .field-errors, #errors")


def _refused_purchase(page: Page) -> None:
    page.click("main details summary")
    _submit(page, "main details form")


def _refused_payment(page: Page) -> None:
    page.click("#payment details summary")
    page.fill("#payment [name=amount]", "38,4")
    _submit(page, "#payment form")


def _find_a_contract(page: Page) -> None:
    page.fill("[name=contract]", "Hernández")
    page.click("[name=find]")
    page.wait_for_selector("[name=lease], .notice")


def _find_a_contract_and_choose(page: Page) -> None:
    _find_a_contract(page)
    page.locator("[name=lease]").first.check()
    page.check("[name=kind][value=charge_dispute]")
    page.locator(".htmx-request, .htmx-swapping, .htmx-settling").first.wait_for(state="detached")


def _choose_charges(page: Page) -> None:
    page.fill("[name=contract]", "elena@example.com")
    page.click("[name=find]")
    page.locator("[name=lease]").first.check()
    page.check("[name=kind][value=charge_dispute]")
    page.locator("#charges [type=checkbox]").first.check()


def _let_stay(page: Page) -> None:
    for verdict in page.locator(".verdict").all():
        verdict.locator("[value=rejected]").check()
        verdict.locator("select").select_option("as_agreed")
    page.fill("[name=message]", "Gracias por enviarnos su recibo.")
    page.click("main form [data-variant=primary]")
    page.wait_for_selector("main .mail")


def _refused_text(page: Page) -> None:
    page.fill("[name=body_es]", "Hola, {nombre}: " + "Donaudampfschifffahrtsgesellschaft" * 6)
    page.fill("[name=subject_en]", "")
    _submit(page, "main form:has([name=body_es])")


def _refused_script(page: Page) -> None:
    page.fill("[name=body_es]", "Su caso es {numero}.")
    _submit(page, "main form:has([name=body_es])")


def _write_to_the_customer(page: Page) -> None:
    page.click(".dock > .reply")


def _open_a_mail(page: Page) -> None:
    page.click(".entry .mails > summary")
    page.click(".entry .mail-state a")


def _write_nothing(page: Page) -> None:
    page.click(".dock > .reply")
    _submit(page, "form[data-composer]")


def _open_scripts(page: Page) -> None:
    page.click(".dock > .reply")
    page.click("#scripts > summary")


def _open_a_follow_up(page: Page) -> None:
    for details in page.locator("#follow-ups details:not([open])").all():
        details.locator("summary").click()


def _pick_up(page: Page) -> None:
    page.locator("[data-channel=phone] .calendar-acts a").first.click()
    page.locator("[data-handle]").first.press("Enter")


def _refused_move(page: Page) -> None:
    page.click("#rescheduling summary")
    page.fill("#rescheduling [name=to]", "2028-01-01")
    page.fill("#rescheduling [name=note]", "Cobra el viernes.")
    _submit(page, "#rescheduling form")


def _refused_change(page: Page) -> None:
    page.click("section:has(> #method_changed-title) summary")
    _submit(page, "section:has(> #method_changed-title) form")


_LOAD_IMAGES = """Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => {});
}))"""


# --- taking them ------------------------------------------------------------------------------


def _take_all(chromium_path: str, address: str, arguments: argparse.Namespace) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    prepare()
    wanted = [each for each in pictures() if arguments.only in each.name]
    count = len(wanted) * len(arguments.languages) * len(arguments.schemes) * len(arguments.widths)
    problems: list[str] = []
    with (
        sync_playwright() as playwright,
        tqdm(total=count, desc="Pictures", unit="picture") as bar,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=["--no-sandbox", "--disable-gpu"]
        )
        for language in arguments.languages:
            everybody_reads(language)
            for person in sorted({each.person for each in wanted}):
                for scheme in arguments.schemes:
                    for width in arguments.widths:
                        with context(browser, address, person, language, scheme, width) as opened:
                            for each in wanted:
                                if each.person == person:
                                    name = f"{each.name}-{language}-{scheme}-{width}"
                                    problems += _take(opened, each, address, name)
                                    bar.update()
        browser.close()
    print(f"{count} pictures in {FOLDER}")
    print("\n".join(problems))


def _submit_resolution(page: Page) -> None:
    page.click("main form .button[data-variant=primary]")


def _resolve(page: Page) -> None:
    words = {"es": "Le llamamos el lunes y todo quedó aclarado.", "en": "We called you on Monday."}
    page.locator("[name=outcome]").first.check()
    page.fill("[name=body]", words[page.get_attribute("[name=body]", "lang") or "en"])
    page.click("main form .button[data-variant=primary]")


def _take(context: BrowserContext, picture: Picture, address: str, name: str) -> Iterator[str]:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if _is_bad(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        page.goto(address + picture.address)
        if picture.then:
            picture.then(page)
            page.wait_for_load_state()
        page.evaluate(_LOAD_IMAGES)
        page.screenshot(path=FOLDER / f"{name}.png", full_page=True, caret="initial")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            said.append(f"{wide} px too wide")
    except Exception as error:  # one page less, reported at the end
        said.append(str(error).splitlines()[0])
    finally:
        page.close()
    yield from (f"{name}: {each}" for each in said)


def _is_bad(message: Any) -> bool:
    # Some pictures are about a page that answers 404 or 422.
    return message.type == "error" and "status of 4" not in message.text


@contextmanager
def context(
    browser: Browser,
    address: str,
    person: str,
    language: str,
    scheme: str,
    width: int,
    *,
    scale: float = 1,
) -> Iterator[BrowserContext]:
    opened = browser.new_context(
        viewport={"width": width, "height": 900},
        device_scale_factor=scale,
        color_scheme="dark" if scheme == "dark" else "light",
        locale=f"{language}-US",
        has_touch=width < 700,
    )
    port = urlsplit(address).port  # a demo's cookies bear its number
    cookies = [{"name": f"puente_language_{port}", "value": language, "url": address}]
    if person:
        cookies.append({"name": f"sessionid_{port}", "value": _session_of(person), "url": address})
    opened.add_cookies(cookies)  # type: ignore[arg-type]
    opened.set_default_timeout(PATIENCE * 1000)
    try:
        yield opened
    finally:
        opened.close()


def _session_of(person: str) -> str:
    from allauth.account.internal.flows.login import record_authentication  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.http import HttpRequest  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415

    client = Client()
    user = User.objects.get(email__startswith=f"{person}@")
    client.force_login(user)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, "password", reauthenticated=True)
    request.session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def everybody_reads(language: str) -> None:
    from accounts.models import User  # noqa: PLC0415

    User.objects.update(language=language)


def prepare() -> None:
    """The demo with a call being logged and a quote, so that both can be shown."""
    from django.utils import timezone  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from cases import actions  # noqa: PLC0415
    from cases.models import CallDraft  # noqa: PLC0415
    from leases.actions.send_quote import send_quote  # noqa: PLC0415
    from leases.models import Lease  # noqa: PLC0415

    ana = User.objects.get(email__startswith="ana@")
    if not CallDraft.objects.unfinished().filter(agent=ana).exists():
        actions.start_call(by=ana, now=timezone.now())
    if not CallDraft.objects.discarded().exists():
        wrong = actions.start_call(by=ana, now=timezone.now())
        typed = {"summary": "Preguntaba por otra tienda.", "language": "es"}
        actions.save_draft(draft=wrong, typed=typed, by=ana)
        actions.discard_call(draft=wrong, reason="Número equivocado.", by=ana, now=timezone.now())
    funded = Lease.objects.filter(status="funded", customer__email="carla@example.com").first()
    send_quote(lease=funded, by=ana, now=timezone.now())


def _open_late(page: Page) -> None:
    page.locator("details:has([name=delivered_on]) summary").first.click()


@contextmanager
def demo(address: str, port: int) -> Iterator[str]:
    """A running demo: the one named, else one started here and stopped afterwards."""
    if address:
        yield address.rstrip("/")
        return
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tools.demo", "--port", str(port), "--smtp-port", "0"]
    command[-1] = str(port + 1)
    with (FOLDER / "demo.log").open("wb") as log:
        running = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait_for(address, running)
        yield address
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(60)


def _wait_for(address: str, demo: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and demo.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health/", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    raise SystemExit(f"The demo did not start; {FOLDER / 'demo.log'} says why.")


def add_demo_arguments(parser: argparse.ArgumentParser, taken: str) -> None:
    parser.add_argument("--only", default="", help=f"{taken} whose name contains this")
    parser.add_argument("--address", default="", help="of a demo that runs (with its PUENTE_HOME)")
    parser.add_argument("--port", type=int, default=8970, help="for the demo started here (8970)")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.screenshots",
        description="Takes pictures of every page of the demo into .screenshots/.",
        epilog="Example: make screenshots ARGS='--only portal --widths 320'",
    )
    add_demo_arguments(parser, "pages")
    parser.add_argument("--languages", nargs="+", default=LANGUAGES, choices=LANGUAGES)
    parser.add_argument("--schemes", nargs="+", default=SCHEMES, choices=SCHEMES)
    parser.add_argument("--widths", nargs="+", type=int, default=WIDTHS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
