"""Templates are read without their indentation, except where it would be seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine, TemplateSyntaxError
from django.template.loader import get_template

from config.template_loader import without_indentation

pytestmark = pytest.mark.requirement("R54")

TAG = "{% blocktranslate with a=b %}"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """With the loaders of the pages, which find the templates of this test."""
    options = settings.TEMPLATES[0]["OPTIONS"]
    return Engine(
        dirs=[str(tmp_path)],
        loaders=options["loaders"],
        builtins=["django.templatetags.i18n"],
        debug=True,
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<ul>\n  <li>\n\t  One", "<ul>\n<li>\nOne"),
        ("  <p>One  two \n", "<p>One  two \n"),
        ("<p>\n\n   \n  One", "<p>\n\n\nOne"),
        ("<textarea>\n  One</textarea> two\n  three", "<textarea>\n  One</textarea> two\nthree"),
        ("{% if a %}\n  {{ a }}\n{% endif %}", "{% if a %}\n{{ a }}\n{% endif %}"),
        (
            "{% blocktranslate trimmed with a=b %}\n  One\n{% endblocktranslate %}",
            "{% blocktranslate trimmed with a=b %}\nOne\n{% endblocktranslate %}",
        ),
    ],
)
def test_lines_lose_their_indentation_and_stay_lines(written: str, read: str) -> None:
    assert without_indentation(written) == read


@pytest.mark.parametrize(
    "kept",
    [
        "<pre>\n  One\n    two</pre>",
        '<PRE class="a"\n  id="b">\n  One</PRE>',
        "<textarea>\n  One\n  two</textarea>",
        "{% verbatim %}\n  One\n  {% endverbatim %}",
        "{% blocktranslate %}\n  One\n  {% endblocktranslate %}",
        f"{TAG}\n  One\n  {{% plural %}}\n  two\n  {{% endblocktranslate %}}",
        "{% blocktrans %}\n  trimmed\n  {% endblocktrans %}",
    ],
)
def test_what_is_shown_or_translated_as_it_stands_keeps_it(kept: str) -> None:
    written = f"  <p>\n    {kept}\n  {{% blocktranslate trimmed %}}\n  One"
    read = f"<p>\n{kept}\n{{% blocktranslate trimmed %}}\nOne"
    assert without_indentation(written) == read


def test_only_pages_lose_it(engine: Engine, tmp_path: Path) -> None:
    for name in ("a.html", "a.txt"):
        (tmp_path / name).write_text("One\n  two\n")
    assert engine.get_template("a.html").render(Context()) == "One\ntwo\n"
    assert engine.get_template("a.txt").render(Context()) == "One\n  two\n"


def test_a_template_is_read_once(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("  One")
    first = engine.get_template("a.html")
    assert engine.get_template("a.html") is first


def test_an_error_names_the_line_of_the_file(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>\n\n    One\n\n    {% nothing %}\n")
    with pytest.raises(TemplateSyntaxError) as refused:
        engine.get_template("a.html")
    assert refused.value.template_debug["line"] == 5  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name", ["cases/call.html", "admin/base_site.html", "allauth/layouts/base.html"]
)
def test_the_pages_are_read_so(name: str) -> None:
    assert "\n " not in get_template(name).template.source  # type: ignore[attr-defined]
