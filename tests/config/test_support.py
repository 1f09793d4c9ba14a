"""The phone number customers call: set by whoever runs Puente, shown everywhere, in both
languages.
"""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from accounts.enums import Language
from accounts.models import User
from common.support import SupportLine, support_line
from config import support
from config.support import support_lines
from leases.documents.layout import Document
from leases.models import Customer, Lease

NAMES = (
    "SUPPORT_PHONE", "SUPPORT_PHONE_ES", "SUPPORT_HOURS", "SUPPORT_HOURS_ES", "SUPPORT_ADDRESS",
)  # fmt: skip
GIVEN = {
    "SUPPORT_PHONE": "210 555 0110",
    "SUPPORT_HOURS": "Weekdays",
    "SUPPORT_HOURS_ES": "Entre semana",
    "SUPPORT_ADDRESS": "1 Example St, Waco, TX 76701",
}


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_each_language_has_its_line(given: pytest.MonkeyPatch) -> None:
    for name, value in GIVEN.items():
        given.setenv(name, value)
    lines = support_lines(required=True)
    assert set(lines) == set(Language.values)
    assert lines["en"] == SupportLine("+12105550110", "Weekdays", "1 Example St, Waco, TX 76701")
    assert lines["es"] == lines["en"]._replace(hours="Entre semana")
    given.setenv("SUPPORT_PHONE_ES", "(210) 555-0120")
    assert support_lines(required=True)["es"].phone == "+12105550120"


@pytest.mark.parametrize("missing", GIVEN)
def test_production_starts_with_all_of_them_only(missing: str, given: pytest.MonkeyPatch) -> None:
    for name in GIVEN.keys() - {missing}:
        given.setenv(name, GIVEN[name])
    with pytest.raises(ImproperlyConfigured, match=rf'{missing} isn’t set\. Example: {missing}="'):
        support_lines(required=True)
    assert support_lines(required=False)["es"].phone


@pytest.mark.parametrize("name", ["SUPPORT_PHONE", "SUPPORT_PHONE_ES"])
@pytest.mark.parametrize("value", ["555-0199", "1-800-", "call us"])
def test_what_is_no_whole_number_is_refused(
    name: str, value: str, given: pytest.MonkeyPatch
) -> None:
    given.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=rf"{name}='{value}' isn’t a phone number"):
        support_lines(required=False)


def test_a_number_is_kept_together_and_dialed_whole() -> None:
    line = support_line("es")
    assert line.number == "(800)\N{NO-BREAK SPACE}555-0199"
    assert line.url == "tel:+18005550199"
    with translation.override("es"):
        assert support_line() == line
    assert (line.hours, support_line("en").hours) == (support.HOURS_ES, support.HOURS_EN)


def says_whom_to_call(page: str, language: str) -> bool:
    line = support_line(language)
    link = f'<a class="phone" href="{line.url}">{line.number}</a>'
    return link in page and line.hours in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", Language.values)
def test_pages_of_nobody_yet_say_whom_to_call(client: Client, language: str) -> None:
    for address in ("/account/login/", "/account/login/code/", "/nothing-here/"):
        page = client.get(address, headers={"accept-language": language}).content.decode()
        assert says_whom_to_call(page, language), address
        assert support_line(language).address in page


@pytest.mark.django_db
def test_the_portal_says_whom_to_call_on_every_page(
    client: Client, carla: Customer, lease: Lease
) -> None:
    client.force_login(carla.user)
    for address in ("/portal/", f"/portal/leases/{lease.account_number}/", "/nothing-here/"):
        assert says_whom_to_call(client.get(address).content.decode(), "es"), address


@pytest.mark.django_db
def test_colleagues_are_not_told_to_call_themselves(client: Client, ana: User) -> None:
    client.force_login(ana)
    assert support_line("es").number not in client.get("/nothing-here/").content.decode()


@pytest.mark.parametrize("name", ["500.html", "400.html"])
def test_pages_that_know_nothing_of_the_request_say_it_in_both_languages(name: str) -> None:
    page = render_to_string(name)
    for language in Language.values:
        assert says_whom_to_call(page, language), language


def test_a_form_from_another_place_says_it_too(carla: Customer) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(carla.user)
    page = strict.post("/portal/mail-language/", {"language": "en"})
    assert page.status_code == 403
    assert says_whom_to_call(page.content.decode(), "es")


@pytest.mark.parametrize("language", Language.values)
def test_every_page_of_a_paper_says_it(language: str) -> None:
    paper = Document("Title", language)
    for _each in range(60):
        paper.paragraph("Words")
    pages = [each.extract_text() for each in PdfReader(BytesIO(paper.bytes())).pages]
    assert len(pages) > 1
    for page in pages:
        assert support_line(language).number in page
        assert support_line(language).hours in page
