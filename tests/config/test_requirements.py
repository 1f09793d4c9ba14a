"""The table of requirements follows the marks of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import requirements

ROWS = """\
[[row]]
id = "R1"
text = "Contracts are kept"
source = "U"
where = "Lease page"

[[row]]
id = "R2"
text = "A pipe | and\\nanother line"
source = "S0"
where = ""
"""

TESTS = """\
import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R1")]


def test_plain(): ...


class TestMany:
    @pytest.mark.requirement("R2", "R1")
    async def test_inside(self): ...
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "tests" / "leases").mkdir(parents=True)
    (tmp_path / "docs" / "requirements.toml").write_text(ROWS)
    (tmp_path / "tests" / "leases" / "test_a.py").write_text(TESTS)
    return tmp_path


def marked(project: Path, source: str) -> list[tuple[str, str]]:
    (project / "tests" / "leases" / "test_a.py").write_text(f"import pytest\n{source}\n")
    return [(mark.row, mark.node.partition("::")[2]) for mark in requirements.read_marks(project)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@pytest.mark.requirement('R1', 'R2')\ndef test_a(): ...", ["R1", "R2"]),
        ("@pytest.mark.requirement('R1')\nasync def test_a(): ...", ["R1"]),
        ("from pytest import mark\n@mark.requirement('R1')\ndef test_a(): ...", ["R1"]),
        ("pytestmark = pytest.mark.requirement('R1')\ndef test_a(): ...", ["R1"]),
        ("pytestmark = [pytest.mark.requirement('R1')]\ndef test_a(): ...", ["R1"]),
        ("@pytest.mark.browser\ndef test_a(): ...", []),
        ("def test_a(): ...", []),
    ],
)
def test_marks_are_read(project: Path, source: str, expected: list[str]) -> None:
    assert marked(project, source) == [(row, "test_a") for row in expected]


def test_marks_of_a_class_reach_its_tests(project: Path) -> None:
    source = (
        "@pytest.mark.requirement('R1')\nclass TestA:\n"
        "    pytestmark = pytest.mark.requirement('R2')\n    def test_a(self): ...\n"
    )
    assert marked(project, source) == [("R1", "TestA::test_a"), ("R2", "TestA::test_a")]


def test_write_makes_a_table_with_links(project: Path) -> None:
    assert requirements.main(["write"], project) == 0
    table = (project / "docs" / "requirements.md").read_text()
    rows = table.splitlines()
    assert "2 of 2 rows are shown by a test." in rows
    assert rows[-2] == (
        "| R1 | Contracts are kept | U | Lease page "
        "| [leases/test_a.py::TestMany::test_inside](../tests/leases/test_a.py)"
        "<br>[leases/test_a.py::test_plain](../tests/leases/test_a.py) |"
    )
    assert rows[-1].startswith("| R2 | A pipe \\| and another line | S0 | not yet | [leases/")


def test_a_row_without_a_test_is_not_yet(project: Path) -> None:
    (project / "tests" / "leases" / "test_a.py").write_text("def test_a(): ...\n")
    assert requirements.main(["write"], project) == 0
    table = (project / "docs" / "requirements.md").read_text()
    assert "| R1 | Contracts are kept | U | Lease page | not yet |" in table
    assert "0 of 2 rows" in table


def test_check_passes_after_write_and_again_after_tests_move(project: Path) -> None:
    requirements.main(["write"], project)
    assert requirements.main(["check"], project) == 0
    (project / "tests" / "leases" / "test_a.py").write_text("# a note\n\n" + TESTS)
    assert requirements.main(["check"], project) == 0


def test_check_needs_no_table_and_makes_none(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert requirements.main(["check"], project) == 0
    assert capsys.readouterr().out == "2 of 2 rows are shown by a test.\n"
    assert not (project / "docs" / "requirements.md").exists()


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("@pytest.mark.requirement('R99')\ndef test_a(): ...", "R99 is not in docs/"),
        ("@pytest.mark.requirement(ROW)\ndef test_a(): ...", "plain text"),
        ("@pytest.mark.requirement\ndef test_a(): ...", "names no row"),
        ("@pytest.mark.requirement('R1')\ndef helper(): ...", "does not run this"),
    ],
)
def test_a_wrong_mark_is_named_with_its_place(
    project: Path, capsys: pytest.CaptureFixture[str], source: str, says: str
) -> None:
    (project / "tests" / "leases" / "test_a.py").write_text(f"import pytest\n{source}\n")
    assert requirements.main(["write"], project) == 1
    said = capsys.readouterr().err
    assert said.startswith("tests/leases/test_a.py:2: ")
    assert says in said


def test_rows_are_wanted_once_and_with_a_known_source(project: Path) -> None:
    for wrong in (ROWS.replace("R2", "R1"), ROWS.replace("S0", "S9")):
        (project / "docs" / "requirements.toml").write_text(wrong)
        with pytest.raises(ValueError, match="doubled ids"):
            requirements.read_rows(project)


def test_unreadable_rows_are_said_plainly(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "docs" / "requirements.toml").write_text("[[row]]\nid = 1\n")
    assert requirements.main(["check"], project) == 1
    assert "cannot read the rows" in capsys.readouterr().err


def test_the_hundred_rows_of_the_project_are_there() -> None:
    rows = requirements.read_rows(requirements.ROOT)
    assert [row.id for row in rows] == [f"R{number}" for number in range(1, 101)]
    assert all(row.text.strip() for row in rows)
