"""What the pictures of the guides and README show, as a person of the demo sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from cases.models import Case


@dataclass(frozen=True)
class View:
    """`shown` is the part to take, cut off at `tallest`; `then` is what is done before."""

    name: str
    person: str
    address: Callable[[], str]
    shown: str
    then: Callable[[Page], object] | None = None
    tallest: int = 700
    width: int = 720  # of the window
    heaviest: int = 60  # kB


# --- addresses: what they name is known only when the demo runs --------------------------------
def at(address: str) -> Callable[[], str]:
    return lambda: address


def _active_case() -> Case:
    from cases.models import Case  # noqa: PLC0415

    return Case.objects.active().exclude(status="escalated").order_by("pk")[0]


def case() -> str:
    return f"/cases/{_active_case().number}/"


def panel(name: str) -> Callable[[], str]:
    return lambda: f"{case()}?open={name}"


def carlas_case() -> str:
    from cases.models import Case  # noqa: PLC0415

    return f"/cases/{Case.objects.filter(lease__customer__email='carla@example.com')[0].number}/"


def call() -> str:
    from cases.models import CallDraft  # noqa: PLC0415

    mine = CallDraft.objects.unfinished().filter(agent__email__startswith="ana")
    return f"/calls/{mine.latest('pk').number}/"


def lease_behind() -> str:
    from django.utils import timezone  # noqa: PLC0415

    from common.company_day import business_day  # noqa: PLC0415
    from leases.models import Lease  # noqa: PLC0415
    from leases.queries.ledger import standing_of  # noqa: PLC0415

    today = business_day(timezone.now())
    lease = next(
        each
        for each in Lease.objects.filter(status="funded", plans=None).order_by("pk")
        if each.program.recovery_payments and standing_of(each, today).arrears
    )
    return f"/leases/{lease.account_number}/plans/"


def lease_in_contracts() -> str:
    from leases.models import Lease  # noqa: PLC0415

    running = Lease.objects.filter(status__in=["approved", "contracts"]).order_by("pk")
    return f"/leases/{running[0].account_number}/"


def unmatched_mail() -> str:
    from cases.models import InboundMail  # noqa: PLC0415

    return f"/correspondence/parked/{InboundMail.objects.parked().order_by('pk')[0].pk}/"


def next_week() -> str:
    from django.utils import timezone  # noqa: PLC0415

    from common.company_day import business_day  # noqa: PLC0415

    week = business_day(timezone.now()) + timedelta(days=7)
    return f"/correspondence/follow-ups/?whose=everybody&week={week}"


def anas_page() -> str:
    from accounts.models import User  # noqa: PLC0415

    return f"/admin/accounts/user/{User.objects.get(email__startswith='ana@').pk}/change/"


# --- what is done before -----------------------------------------------------------------------
def press(selector: str) -> Callable[[Page], object]:
    return lambda page: page.click(selector)


def suggest_payments(page: Page) -> None:
    with page.expect_navigation():
        page.locator("#recovery form[method=get] button[type=submit]").click()


def take_up(page: Page) -> None:
    page.locator("[data-handle]").first.press("Enter")


README = View("case", "ana", carlas_case, "body", width=1080, tallest=885, heaviest=150)

VIEWS = (
    View("calls", "ana", call, ".call-strip"),
    View("cases", "ana", case, "form.composer", press(".dock > .reply")),
    View("proof", "ana", panel("evidence"), "#evidence details[open]"),
    View("agreements", "ana", panel("agreements"), "#agreements details[open]"),
    View("deadlines", "ana", panel("outside"), "#outside details[open]"),
    View("money", "ana", lease_behind, "#recovery", suggest_payments, tallest=600),
    View("email", "ana", unmatched_mail, "article.card"),
    View("keyboard", "sofia", next_week, "main", take_up, tallest=560),
    View("supervisors", "sofia", at("/leases/monitoring/"), "main", tallest=400),
    View("merchant-services", "mateo", lease_in_contracts, "main"),
    View("returns", "sofia", at("/leases/returns/"), "main", tallest=400),
    View("people", "irene", anas_page, "#content"),
    View("stores", "irene", at("/admin/leases/program/1/change/"), "#content"),
    View("texts", "irene", at("/correspondence/texts/evidence_requested/"), "main form"),
    View("imports", "irene", at("/admin/leases/lease/import/"), "#content"),
    View("keys", "irene", at("/admin/leases/apikey/add/"), "#content"),
)
