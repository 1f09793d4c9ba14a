"""Message catalogs: every marked text is found, stored, checked, and reaches the reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import trans_real
from pytest_django import Settings

from tools.catalogs.__main__ import main
from tools.catalogs.check import check
from tools.catalogs.extract import from_project, from_python, hidden
from tools.catalogs.files import merge, parse, po_path, render
from tools.catalogs.templates import from_template
from tools.catalogs.texts import Text

Found = list[tuple[str | None, str | tuple[str, str]]]


def in_template(source: str) -> Found:
    found = from_template(source, "templates/a.html")
    assert found.problems == []
    return [(text.context, text.id) for text in found.texts]


def in_python(source: str) -> Found:
    return [(text.context, text.id) for text in from_python(source.encode(), "cases/a.py")]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small program: one view with a plural, one template with a context."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "templates" / "cases").mkdir(parents=True)
    (tmp_path / "cases" / "views.py").write_text(
        "from django.utils.translation import gettext as _, ngettext\n"
        "title = _('Log call')\n"
        "def left(n): return ngettext('%(n)s day left', '%(n)s days left', n) % {'n': n}\n"
    )
    (tmp_path / "templates" / "cases" / "case.html").write_text(
        '<h1>{% translate "Open" context "case status" %}</h1>\n'
    )
    return tmp_path


def po(root: Path, language: str = "es") -> Path:
    return po_path(root, language)


def write_spanish(root: Path) -> None:
    main(["update"], root)
    text = po(root).read_text()
    for msgid, msgstr in (("Log call", "Registrar llamada"), ("Open", "Abierto")):
        text = text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"')
    text = text.replace('msgstr[0] ""', 'msgstr[0] "Falta %(n)s día"')
    text = text.replace('msgstr[1] ""', 'msgstr[1] "Faltan %(n)s días"')
    po(root).write_text(text)


# --- finding texts ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("_('Hello')", (None, "Hello")),
        ("gettext_lazy('Long ' 'text')", (None, "Long text")),
        ("gettext_noop('Later')", (None, "Later")),
        ("translation.gettext('It\\'s \"here\"')", (None, 'It\'s "here"')),
        ("ngettext('%d case', '%d cases', n)", (None, ("%d case", "%d cases"))),
        ("ngettext_lazy('%(n)s day', '%(n)s days', 'n')", (None, ("%(n)s day", "%(n)s days"))),
        ("pgettext('case status', 'Open')", ("case status", "Open")),
        ("pgettext_lazy('lease status', 'Funded')", ("lease status", "Funded")),
        ("npgettext('mail', 'one', 'many', n)", ("mail", ("one", "many"))),
        ("npgettext_lazy('mail', 'one', 'many', 'n')", ("mail", ("one", "many"))),
    ],
)
def test_a_call_in_python_is_found(source: str, expected: object) -> None:
    assert in_python(f"x = {source}\n") == [expected]


def test_python_without_a_literal_is_left_alone() -> None:
    assert in_python("x = _(name)\ny = pgettext('status', label)\nz = _('')\n") == []


@pytest.mark.parametrize(
    "source",
    [
        "x = f\"{last} {_('We also told you this.')}\"",
        "x = f\"{translation.pgettext('mail', 'Bye')}\"",
        "from django.utils.translation import gettext_lazy as _l\nx = _l('Done')",
        "from django.utils.translation import ngettext as _\nx = _('a day', 'days', n)",
        "later = gettext_lazy\nx = later('Done')",
        "later = translation.gettext_lazy\nx = later('Done')",
    ],
)
def test_a_text_that_would_be_read_over_is_a_problem(source: str) -> None:
    assert [problem.line for problem in hidden(source.encode(), "cases/a.py")]


@pytest.mark.parametrize(
    "source",
    [
        "told = _('We also told you this.')\nx = f'{last} {told}'",
        "from django.utils.translation import gettext_lazy as _, pgettext\nx = _('Done')",
        "from django.utils.translation import gettext_lazy as gettext",
        "_ = gettext",
    ],
)
def test_a_text_that_is_found_is_no_problem(source: str) -> None:
    assert list(hidden(source.encode(), "cases/a.py")) == []


def test_update_and_check_fail_on_a_text_that_would_be_read_over(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_spanish(project)
    with (project / "cases" / "views.py").open("a") as view:
        view.write("late = f\"{_('Overdue')}!\"\n")
    assert main(["check"], project) == 1
    assert main(["update"], project) == 1
    assert capsys.readouterr().err.count("cases/views.py:4: a text inside an f-string") == 2


def test_notes_for_translators_come_along() -> None:
    source = b"# Translators: said on the telephone\nx = _('Bye')\n"
    assert [text.comments for text in from_python(source, "a.py")] == [
        ("Translators: said on the telephone",)
    ]
    found = from_template("{# Translators: a button #}\n{% translate 'Send' %}\n", "a.html")
    assert found.texts == [Text("Send", None, "a.html", 2, ("Translators: a button",))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "Queue" %}', (None, "Queue")),
        ("{% trans 'Queue' as title %}", (None, "Queue")),
        ('{% translate "Open" context "case status" %}', ("case status", "Open")),
        ('{% translate "It\'s here" %}', (None, "It's here")),
        ("{% translate 'Say \"yes\"' %}", (None, 'Say "yes"')),
        ('{% translate "100% sure" %}', (None, "100%% sure")),
        ('{% translate "#1 — ñandú" %}', (None, "#1 — ñandú")),
        ("{% blocktranslate %}Hi {{ name }}{% endblocktranslate %}", (None, "Hi %(name)s")),
        ("{% blocktrans with a=b.c %}{{ a }}: 5%{% endblocktrans %}", (None, "%(a)s: 5%%")),
        (
            "{% blocktranslate trimmed %}\n  Two\n  lines\n{% endblocktranslate %}",
            (None, "Two lines"),
        ),
        ("{% blocktranslate %}\n a\n{% endblocktranslate %}", (None, "\n a\n")),
        (
            "{% blocktranslate trimmed count n=list|length context 'queue' %}\n"
            " {{ n }} case\n{% plural %}\n {{ n }} cases\n{% endblocktranslate %}",
            ("queue", ("%(n)s case", "%(n)s cases")),
        ),
        (
            "{% blocktranslate count n=n %}One{% plural %}{{ n }}{% endblocktranslate %}",
            (None, ("One", "%(n)s")),
        ),
        ('{{ _("Now") }}', (None, "Now")),
        ('{{ value|default:_("None yet") }}', (None, "None yet")),
        ('{% include "a.html" with label=_("Name") %}', (None, "Name")),
        ('{{ _("Say \\"yes\\"") }}', (None, 'Say "yes"')),
        ("{# it's a note #}\n{% translate 'After' %}", (None, "After")),
        ("{% comment %}\nTranslators: it's (one\n{% endcomment %}{% trans 'B' %}", (None, "B")),
    ],
)
def test_a_text_in_a_template_is_found(source: str, expected: object) -> None:
    assert in_template(source) == [expected]


def test_what_is_not_marked_is_not_found() -> None:
    source = "Hello {{ name }} {% if a == 'b' %}'x' (y) #z{% endif %}{% translate variable %}"
    assert in_template(source + "{# {% translate 'old' %} #}") == []


def test_lines_are_those_of_the_template() -> None:
    source = (
        "<p>\n{% blocktranslate trimmed %}\n one\n{% endblocktranslate %}\n{% translate 'two' %}"
    )
    assert [text.line for text in from_template(source, "a.html").texts] == [2, 5]


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        ("\n{{ _('a|b') }}", 2, "cannot be read"),
        ("{% comment %}Translators: x{% endcomment %}{% translate 'y' %}", 1, "cannot be read"),
        ("{{ x|default:_('5%') }}", 1, "percent"),
        (r'{% translate "say \"yes\"" %}', 1, "backslash"),
        ("\n{% blocktranslate %}{% if a %}b{% endif %}{% endblocktranslate %}", 2, "block tags"),
        ("{# Translators: x #}{% translate 'y' %}", 1, "ignored"),
    ],
)
def test_a_text_that_would_be_lost_is_reported(source: str, line: int, says: str) -> None:
    problem = from_template(source, "templates/a.html").problems[0]
    assert (problem.file, problem.line) == ("templates/a.html", line)
    assert says in problem.says


def test_a_file_that_cannot_be_read_is_reported(project: Path) -> None:
    (project / "templates" / "bad.html").write_bytes(b"\xff\xfe")
    assert [problem.file for problem in from_project(project).problems] == ["templates/bad.html"]


def test_sources_are_the_apps_and_the_templates(project: Path) -> None:
    for path in ("cases/migrations/0001.py", "docs/a.py", "tests/a.py", "static/js/a.js"):
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text("_('Elsewhere')\n")
    (project / "leases" / "templates").mkdir(parents=True)
    (project / "leases" / "templates" / "note.txt").write_text("{% translate 'In a mail' %}")
    assert {text.id for text in from_project(project).texts} == {
        "Log call",
        ("%(n)s day left", "%(n)s days left"),
        "Open",
        "In a mail",
    }


# --- update -------------------------------------------------------------------------------------
def test_update_lists_what_lacks_spanish(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update"], project) == 0
    said = capsys.readouterr().out
    assert "3 texts, written" in said
    assert "Missing Spanish: 3 texts" in said
    assert "'Log call'" in said


def test_update_twice_changes_nothing(project: Path) -> None:
    write_spanish(project)
    main(["update"], project)
    before = {path: path.read_bytes() for path in project.rglob("*.po")}
    main(["update"], project)
    assert {path: path.read_bytes() for path in project.rglob("*.po")} == before
    assert len(before) == 2


def test_update_keeps_translations_and_notes_and_drops_what_is_gone(project: Path) -> None:
    write_spanish(project)
    noted = po(project).read_text().replace('msgid "Log call"', '# por teléfono\nmsgid "Log call"')
    po(project).write_text(noted)
    (project / "templates" / "cases" / "case.html").write_text("{% translate 'Log calls' %}")
    main(["update"], project)
    text = po(project).read_text()
    assert '# por teléfono\n#: cases/views.py\nmsgid "Log call"\nmsgstr "Registrar llamada"' in text
    assert 'msgid "Log calls"\nmsgstr ""' in text  # close to another text, and still no guess
    assert "Abierto" not in text


def test_a_changed_plural_is_asked_for_again() -> None:
    old = Catalog(locale="es")
    old.add(("a case", "cases"), ("un caso", "casos"))
    fresh = merge([Text(("a case", "%d cases"), None, "a.py", 1)], old, "es")
    assert fresh.get("a case").string == ("", "")


def test_a_text_alone_and_as_a_singular_is_one_entry() -> None:
    texts = [Text("case", None, "a.py", 1), Text(("case", "cases"), None, "b.py", 1)]
    content = render(merge(texts, Catalog(locale="es"), "es"), "es")
    assert content.count('msgid "case"') == 1
    filled = content.replace('[0] ""', '[0] "caso"').replace('[1] ""', '[1] "casos"')
    assert check(filled, texts, "es", "es.po") == []


def test_long_texts_are_not_wrapped_and_moving_code_changes_nothing() -> None:
    long = "word " * 60 + "end"
    here = render(merge([Text(long, None, "a.py", 1)], Catalog(), "es"), "es")
    there = render(merge([Text(long, None, "a.py", 99)], Catalog(), "es"), "es")
    assert here == there
    assert f'msgid "{long}"' in here


def test_english_holds_only_what_differs_from_its_msgid(project: Path) -> None:
    main(["update"], project)
    assert po(project, "en").read_text().count("\nmsgid ") == 1  # the header
    with po(project, "en").open("a") as english:
        english.write('\nmsgid "Log call"\nmsgstr "Record call"\n')
    main(["update"], project)
    assert "Record call" in po(project, "en").read_text()


# --- check --------------------------------------------------------------------------------------
def test_check_passes_a_complete_catalogue(project: Path) -> None:
    write_spanish(project)
    assert main(["check"], project) == 0


def test_check_says_file_and_line_of_what_is_missing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_spanish(project)
    with (project / "cases" / "views.py").open("a") as view:
        view.write("late = _('Overdue')\n")
    assert main(["check"], project) == 1
    said = capsys.readouterr().err
    assert "cases/views.py:4: “Overdue” is not in locale/es/LC_MESSAGES/django.po." in said
    assert "python -m tools.catalogs update" in said


def test_check_without_catalogues_says_what_to_run(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"], project) == 1
    assert main(["compile"], project) == 1
    assert "Run: python -m tools.catalogs update" in capsys.readouterr().err


def problems_of(msgid: str, msgstr: str, plural: str = "", msgstr_plural: str = "") -> list[str]:
    text = Text((msgid, plural) if plural else msgid, None, "a.py", 1)
    catalog = merge([text], Catalog(locale="es"), "es")
    for message in catalog:
        if message.id:
            message.string = (msgstr, msgstr_plural) if plural else msgstr
    return [problem.says for problem in check(render(catalog, "es"), [text], "es", "es.po")]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "says"),
    [
        ("Queue", "", "has no translation"),
        ("Hi %(name)s", "Hola %(nombre)s", "placeholders"),
        ("Hi %(name)s", "Hola", "placeholders"),
        ("%(n)d left", "faltan %(n)s", "placeholders"),
        ("%s of %d", "%d de %s", "placeholders"),
        ("Case {number}", "Caso {numero}", "placeholders"),
        ("From {} to {}", "De {}", "placeholders"),
        ("%(n)s%% paid", "%(n)s% pagado", "placeholders"),
        ("%(n)s paid", "100% de %(n)s", "percent"),
        ("Name: ", "Nombre:", "spaces"),
        ("\nText\n", "Texto\n", "line breaks"),
        ("<b>Now</b>", "<strong>Ahora</strong>", "HTML"),
        ('<a href="%(u)s">x</a>', '<a href="%(u)s">x', "HTML"),
    ],
)
def test_check_finds(msgid: str, msgstr: str, says: str) -> None:
    found = problems_of(msgid, msgstr)
    assert len(found) >= 1
    assert any(says in problem for problem in found)


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("%(a)s owes %(b)s", "%(b)s es lo que debe %(a)s"),
        ("50% off", "50% de descuento"),
        ("Amount {$180.00}", "Importe {$180.00}"),
        ("<b>Now</b> %(n)s%%", "%(n)s%% <b>ahora</b>"),
        ("a < b", "a < b"),
    ],
)
def test_check_accepts(msgid: str, msgstr: str) -> None:
    assert problems_of(msgid, msgstr) == []


def test_check_wants_both_plural_forms() -> None:
    assert any("plural form" in says for says in problems_of("%d day", "%d día", "%d days", ""))
    assert problems_of("%d day", "%d día", "%d days", "%d días") == []
    assert problems_of("One day", "%(n)s día", "%(n)s days", "%(n)s días") == []
    assert problems_of("One day", "Un día", "%(n)s days", "%(n)s días") == []
    assert problems_of("One day", "Un día", "%(n)s days", "días") != []


def test_check_finds_fuzzy_obsolete_doubled_and_broken_entries(project: Path) -> None:
    write_spanish(project)
    good = po(project).read_text()
    bad = {
        "fuzzy": good.replace('msgid "Log call"', '#, fuzzy\nmsgid "Log call"'),
        "obsolete": good + '\n#~ msgid "Old"\n#~ msgstr "Viejo"\n',
        "no longer": good + '\nmsgid "Old"\nmsgstr "Viejo"\n',
        "is here twice": good + '\nmsgid "Log call"\nmsgstr "Llamar"\n',
        "well-formed": good + "\nmsgid Old\nmsgstring\n",
        "Plural-Forms": good.replace("n != 1", "n > 1"),
    }
    texts = from_project(project).texts
    assert check(good, texts, "es", "es.po") == []
    for says, content in bad.items():
        found = check(content, texts, "es", "es.po")
        assert any(says in problem.says for problem in found), says
        assert all(problem.line >= 1 for problem in found)


def test_check_also_reads_the_english_entries(project: Path) -> None:
    write_spanish(project)
    with po(project, "en").open("a") as english:
        english.write('\nmsgid "Log call"\nmsgstr "Log <b>call"\n')
    assert main(["check"], project) == 1


# --- compile ------------------------------------------------------------------------------------
@pytest.fixture
def spanish(project: Path, settings: Settings) -> Callable[[], trans_real.DjangoTranslation]:
    """Django's own loader over the compiled catalog, merged above Django's Spanish."""

    def load() -> trans_real.DjangoTranslation:
        settings.LOCALE_PATHS = [project / "locale"]
        return trans_real.DjangoTranslation("es")

    return load


def test_compiled_texts_reach_django_with_plural_and_context(
    project: Path,
    spanish: Callable[[], trans_real.DjangoTranslation],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_spanish(project)
    assert main(["compile"], project) == 0
    monkeypatch.setitem(trans_real._translations, "es", spanish())
    with translation.override("es"):
        assert translation.gettext("Log call") == "Registrar llamada"
        assert translation.pgettext("case status", "Open") == "Abierto"
        assert translation.pgettext("door", "Open") == "Open"
        days = {
            n: translation.ngettext("%(n)s day left", "%(n)s days left", n)
            for n in (0, 1, 2, 1_000_000)
        }
        assert {n for n, text in days.items() if text == "Falta %(n)s día"} == {1}
        assert translation.gettext("Monday") == "lunes"  # Django's own Spanish, three plural forms


def test_what_a_template_shows_is_what_was_extracted(
    project: Path,
    spanish: Callable[[], trans_real.DjangoTranslation],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = (
        "{% load i18n %}{% translate '100% sure' %}|"
        "{% blocktranslate trimmed %}\n  {{ n }}% of\n  all\n{% endblocktranslate %}|"
        "{% blocktranslate count c=n context 'queue' %}{{ c }} one"
        "{% plural %}{{ c }} many{% endblocktranslate %}|{{ '' |default:_(\"It's\") }}"
    )
    (project / "templates" / "cases" / "case.html").write_text(source)
    spoken = {
        "100%% sure": "100%% seguro",
        "%(n)s%% of all": "%(n)s%% de todo",
        "%(c)s one": ("%(c)s uno", "%(c)s muchos"),
        "It's": "Es",
    }
    catalog = merge(from_project(project).texts, Catalog(locale="es"), "es")
    for message in catalog:
        singular = message.id if isinstance(message.id, str) else message.id[0]
        message.string = spoken.get(singular, message.string)
    po(project).parent.mkdir(parents=True)
    po(project).write_text(render(catalog, "es"))
    po(project, "en").parent.mkdir(parents=True)
    po(project, "en").write_text(render(Catalog(locale="en"), "en"))
    assert main(["compile"], project) == 0
    monkeypatch.setitem(trans_real._translations, "es", spanish())
    engine = Engine(libraries={"i18n": "django.templatetags.i18n"})
    with translation.override("es"):
        shown = engine.from_string(source).render(Context({"n": 7}))
    assert shown == "100% seguro|7% de todo|7 muchos|Es"


def test_compile_writes_only_what_changed(project: Path) -> None:
    write_spanish(project)
    main(["compile"], project)
    compiled = po(project).with_suffix(".mo")
    before = compiled.stat().st_mtime_ns, compiled.read_bytes()
    main(["compile"], project)
    assert (compiled.stat().st_mtime_ns, compiled.read_bytes()) == before
    assert [
        path.name for path in compiled.parent.iterdir() if path.suffix not in (".po", ".mo")
    ] == []


def test_a_fuzzy_translation_is_not_shown(
    project: Path, spanish: Callable[[], trans_real.DjangoTranslation]
) -> None:
    write_spanish(project)
    text = po(project).read_text().replace('msgid "Log call"', '#, fuzzy\nmsgid "Log call"')
    po(project).write_text(text)
    assert any(message.fuzzy for message in parse(text, "es") if message.id)
    main(["compile"], project)
    assert spanish().gettext("Log call") == "Log call"


def test_help_has_an_example_and_no_command_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as asked:
        main(["--help"])
    assert asked.value.code == 0
    assert "Example:" in capsys.readouterr().out
    with pytest.raises(SystemExit) as refused:
        main([])
    assert refused.value.code == 2
