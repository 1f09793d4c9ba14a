"""Every setting is described, and the sample to copy says what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.configuration import PAGE, SAMPLE, problems, sample

WORDS = """\
# Settings

## Start

| variable | meaning | without it |
|---|---|---|
| `SECRET_KEY` ● | signs sessions ([how](x.md)) | a fixed one |
| `LOG_LEVEL` | `DEBUG` to `ERROR` | `INFO` |
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, words in (
        ("config/settings.py", '_required("SECRET_KEY", "")\nenv.text("LOG_LEVEL", "INFO")\n'),
        (PAGE, WORDS),
        (SAMPLE, sample(WORDS)),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words)
    return tmp_path


def test_the_sample_has_each_variable_with_its_meaning_and_default(project: Path) -> None:
    assert problems(project) == []
    written = (project / SAMPLE).read_text()
    assert "# Signs sessions (how). Required. Without it: a fixed one.\n#SECRET_KEY=\n" in written
    assert "# DEBUG to ERROR.\n#LOG_LEVEL=INFO\n" in written


def test_a_variable_nobody_described_is_named(project: Path) -> None:
    (project / "config/mail.py").write_text('env.number("MAIL_CAP", 20)\n')
    assert problems(project) == [f"MAIL_CAP is read, but {PAGE} doesn’t describe it."]


def test_an_old_sample_is_named_with_what_to_run(project: Path) -> None:
    (project / PAGE).write_text(WORDS.replace("signs sessions", "signs sessions and links"))
    [said] = problems(project)
    assert said.endswith("Run: python -m tools.configuration write")
