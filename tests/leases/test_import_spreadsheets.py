"""Files as spreadsheets really write them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from leases.imports import workbook
from leases.imports.problems import LineProblem
from leases.imports.run import Report, import_file, template
from leases.models import Customer, Lease, LedgerEntry, Store

pytestmark = pytest.mark.django_db

HEAD = "customer_email,customer_name,customer_phone,customer_language"
ROW = "carla@example.com,Carla Peña,(210) 555-0120,es"
INPUTS = Path(__file__).parents[3] / "shared/data/inputs"


@pytest.fixture
def do(now: datetime, luna: Store) -> Callable[..., Report]:
    def do(data: str | bytes, **options: Any) -> Report:
        raw = data.encode() if isinstance(data, str) else data
        return import_file(io.BytesIO(raw), name="first-day.csv", now=now, **options)

    return do


def refused_as(do: Callable[..., Report], data: str | bytes) -> str:
    with pytest.raises(LineProblem) as caught:
        do(data)
    assert not Customer.objects.exists()
    return caught.value.code


def codes(report: Report) -> list[tuple[int, str, str]]:
    return [(each.line, each.column, each.code) for each in report.problems]


def workbook_of(*rows: list[Any], change: Callable[[Any], object] = lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def template_rows(name: str) -> list[list[Any]]:
    return list(csv.reader(io.StringIO(template(name))))


# --- text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "delimiter"),
    [
        ("sep=;", ";"),
        ("sep=,", ","),
        ("SEP=\t", "\t"),
        ('"sep=;"', ";"),
        ("sep=;;;", ";"),
        ("\ufeffsep=|", "|"),
    ],
)
def test_the_line_that_names_the_delimiter_is_none_of_the_table(
    do: Callable[..., Report], first: str, delimiter: str
) -> None:
    rows = [HEAD, ROW, ROW.replace("carla@", "nobody at ")]
    lines = [first, *(row.replace(",", delimiter) for row in rows)]

    report = do("\r\n".join(lines) + "\r\n")

    assert (report.rows, codes(report)) == (2, [(4, "customer_email", "email")])


@pytest.mark.parametrize("more", [",", ",,,", ", ,\xa0,", ";;"])
def test_empty_columns_at_the_end_are_none(do: Callable[..., Report], more: str) -> None:
    delimiter = more[0]
    lines = [HEAD.replace(",", delimiter) + more, ROW.replace(",", delimiter) + more]

    assert do("\r\n".join(lines)).added == 1


def test_an_empty_column_in_the_middle_is_none(do: Callable[..., Report]) -> None:
    head, row = HEAD.replace("_name,", "_name,,"), ROW.replace("Peña,", "Peña,,")

    assert do(f"{head}\r\n{row}\r\n").added == 1
    wrong = do(f"{head}\r\n{ROW.replace('Peña,', 'Peña,a note,')}\r\n")
    assert codes(wrong) == [(2, "", "cell_without_column")]


@pytest.mark.parametrize("more", [",stray", ",,,stray"])
def test_a_cell_beyond_the_header_is_told(do: Callable[..., Report], more: str) -> None:
    assert codes(do(f"{HEAD},,\r\n{ROW}{more}\r\n")) == [(2, "", "cells")]


def test_excel_leaves_out_empty_cells_at_the_end_of_a_row(do: Callable[..., Report]) -> None:
    """But a file cut off in its last row ends without a line end."""
    row = "carla@example.com,Carla Peña,es"
    head = "customer_email,customer_name,customer_language,customer_phone,customer_time_zone"

    assert codes(do(f"{head}\r\n{row}")) == [(2, "", "cells")]
    assert do(f"{head}\r\n{row}\r\n").added == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_unicode_text_with_tabs(do: Callable[..., Report], encoding: str) -> None:
    text = f"{HEAD}\r\n{ROW}\r\n".replace(",", "\t")

    assert do(text.encode(encoding)).added == 1
    assert Customer.objects.get().name == "Carla Peña"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("555-0134", "phone_area_code"),
        ("(210) 555-0134 ext 5", "phone_extension"),
        ("210555", "phone"),
    ],
)
def test_half_a_phone_number_is_told(do: Callable[..., Report], typed: str, code: str) -> None:
    row = ROW.replace("(210) 555-0120", typed)

    assert codes(do(f"{HEAD}\r\n{row}\r\n")) == [(2, "customer_phone", code)]


@pytest.mark.skipif(not INPUTS.is_dir(), reason="needs ../shared/data/inputs beside the project")
def test_what_people_sent(do: Callable[..., Report]) -> None:
    def read(name: str) -> Report:
        return do((INPUTS / f"csv-{name}.csv").read_bytes())

    phone = "customer_phone"
    assert codes(read("phone-without-area-code")) == [
        (2, phone, "phone_area_code"), (3, phone, "phone_extension"),
    ]  # fmt: skip
    assert refused_as(do, (INPUTS / "csv-really-xlsx.csv").read_bytes()) == "workbook"
    assert (read("excel-trailing-columns").added, read("sep-line").added) == (1, 1)


# --- workbooks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["customers", "leases"])
def test_a_workbook_is_read_whatever_it_is_called(do: Callable[..., Report], name: str) -> None:
    report = do(workbook_of(*template_rows(name)))

    assert (report.file, report.added, report.problems) == (name, 1, [])
    assert Customer.objects.get().name == "Lucía Peña"


def test_numbers_and_days_are_what_the_sheet_shows(do: Callable[..., Report]) -> None:
    """As Excel's own numbers and dates, not as text."""
    head, row = template_rows("leases")
    typed: dict[str, Any] = dict(zip(head, row, strict=True)) | {
        "account_number": 12345, "invoice_number": 77312.0, "total_of_payments": 1999.99,
        "cash_price": 0.1 + 999.9, "payments": 52, "discount_rate": 0.65,
        "applied_on": date(2026, 2, 3), "signed_on": datetime.fromisoformat("2026-02-05"),
    }  # fmt: skip

    def with_zeros(sheet: Any) -> None:
        sheet.cell(2, head.index("account_number") + 1).number_format = "000000000"

    assert codes(do(workbook_of(head, list(typed.values()), change=with_zeros))) == []

    lease = Lease.objects.select_related("terms").get()
    assert (lease.account_number, lease.invoice_number) == ("000012345", "77312")
    assert (lease.terms.total, lease.terms.discount_rate) == (Decimal("1999.99"), Decimal("0.65"))
    assert lease.terms.cash_price == Decimal(1000)


def test_a_percentage_is_not_taken_for_a_hundredth_of_it(do: Callable[..., Report]) -> None:
    head, row = template_rows("leases")
    row[head.index("tax_rate")] = 0.0825

    def as_percentage(sheet: Any) -> None:
        sheet.cell(2, head.index("tax_rate") + 1).number_format = "0.00%"

    assert codes(do(workbook_of(head, row, change=as_percentage))) == [(2, "tax_rate", "rate")]


def test_a_day_with_a_time_and_rows_that_only_look_empty(do: Callable[..., Report]) -> None:
    head, row = template_rows("leases")
    row[head.index("applied_on")] = datetime.fromisoformat("2026-02-03T14:30")  # type: ignore[call-overload]

    def color(sheet: Any) -> None:
        for line in (2, 4, 900):
            sheet.cell(line, 40).fill = openpyxl.styles.PatternFill("solid", "FFFF00")

    report = do(workbook_of(head, row, [], row, change=color))

    assert (report.rows, {code for _line, _column, code in codes(report)}) == (2, {"date"})
    assert [line for line, _column, _code in codes(report)] == [2, 4]


def test_formulas_count_by_their_result(do: Callable[..., Report]) -> None:
    """openpyxl writes no results, like a program that doesn't calculate."""
    head, row = HEAD.split(","), ROW.split(",")
    row[1] = '=CONCATENATE("Carla"," Peña")'
    data = workbook_of(head, row)

    assert codes(do(data)) == [(2, "", "cell_not_calculated")]

    assert do(as_excel_saves(data)).added == 1
    assert Customer.objects.get().name == "Carla Peña"


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_an_error_of_a_cell_is_no_name(do: Callable[..., Report], error: str) -> None:
    def put(sheet: Any) -> None:
        sheet["B2"] = error
        sheet["B2"].data_type = "e"

    report = do(workbook_of(HEAD.split(","), ROW.split(","), change=put))

    assert codes(report) == [(2, "", "cell_error")]
    assert "B2" in str(report.problems[0])


def test_the_first_sheet_that_is_seen_counts(do: Callable[..., Report]) -> None:
    def hide(sheet: Any) -> None:
        sheet.sheet_state = "hidden"
        shown = sheet.parent.create_sheet("Clientes")
        for line in (HEAD, ROW):
            shown.append(line.split(","))

    assert do(workbook_of(["notes"], change=hide)).added == 1


def as_excel_saves(data: bytes) -> bytes:
    """The workbook with the result of its formula stored next to it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            content = content.replace(b'"B2"><f>', b'"B2" t="str"><f>')
            content = re.sub(rb"</f><v ?/?>(</v>)?", "</f><v>Carla Peña</v>".encode(), content)
            target.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name.replace("__", "/"), content)
    return out.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (OLD + bytes(500), "old_workbook"),
        (OLD, "old_workbook"),
        (b"PK\x03\x04" + bytes(200), "workbook"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "workbook"),
        (archive(xl__workbook=b"<x/>"), "workbook"),
        (archive(**{"xl__workbook.xml": b"<x/>"}), "workbook"),
        (workbook_of([]), "empty_file"),
        (workbook_of(["name", "age"], ["x", 1]), "header_missing"),
        (workbook_of(HEAD.split(","))[:900], "workbook"),
    ],
)
def test_what_cannot_be_read_is_named(do: Callable[..., Report], data: bytes, code: str) -> None:
    assert refused_as(do, data) == code


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet9.xml"])
def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unopened(
    do: Callable[..., Report], part: str
) -> None:
    out = io.BytesIO(workbook_of(HEAD.split(","), ROW.split(",")))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as book, book.open(part, "w") as file:
        for _ in range(101):
            file.write(bytes(1024 * 1024))
    assert len(out.getvalue()) < 200_000

    assert refused_as(do, out.getvalue()) == "workbook_too_large"


def test_a_part_that_claims_to_be_small_is_read_no_further(
    do: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """zipfile stops at the size that was checked."""
    data = workbook_of(HEAD.split(","), *[ROW.split(",")] * 3000)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        real = book.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = data.replace(real.to_bytes(4, "little"), (2000).to_bytes(4, "little"))
    assert lying != data
    monkeypatch.setattr(workbook, "MOST_UNPACKED", real)

    assert refused_as(do, lying) == "workbook"


def test_a_row_far_below_and_a_column_far_right_cost_little(do: Callable[..., Report]) -> None:
    def far(sheet: Any) -> None:
        sheet["XFD2"] = "stray"
        sheet["A300000"] = " "

    assert do(workbook_of(HEAD.split(","), ROW.split(","), change=far)).rows == 1


@examples(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(at=st.integers(0, 5000), new=st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_imported_or_refused(
    do: Callable[..., Report], at: int, new: bytes
) -> None:
    data = bytearray(workbook_of(HEAD.split(","), ROW.split(",")))
    at %= len(data)
    data[at : at + len(new)] = new
    with suppress(LineProblem):
        do(bytes(data), dry_run=True)


def test_the_command_takes_a_workbook(tmp_path: Path, luna: Store) -> None:
    path = tmp_path / "leases.xlsx"
    path.write_bytes(workbook_of(*template_rows("leases")))
    out = io.StringIO()

    call_command("import_leases", path, stdout=out)
    call_command("import_leases", path, stdout=out)

    assert Lease.objects.count() == 1
    assert LedgerEntry.objects.exists()
    assert "Already there: 1" in out.getvalue()
