"""The texts of one template.

Django's templatize() writes every marked text as a gettext call among filler letters. That isn't
valid Python, so the calls are picked out one by one. Comments are skipped, because an apostrophe in
one would open a string.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter

from django.template.base import Lexer, TokenType
from django.utils.text import unescape_string_literal
from django.utils.translation import TranslatorCommentWarning
from django.utils.translation.template import templatize

from tools.catalogs.texts import COMMENT_TAG, Extraction, Problem, Text

_STRING = r"""u?(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
_CALL = re.compile(
    rf"""
      \#(?P<comment>[^\n]*)
    | (?<!\w)(?P<name>n?p?gettext|_)\(\s*(?P<args>{_STRING}(?:\s*,\s*(?:{_STRING}|count))*)\s*\)
    """,
    re.VERBOSE,
)
_ARGUMENT = re.compile(_STRING)
_CONSTANT = re.compile(r"""_\(\s*["']""")


def from_template(source: str, file: str) -> Extraction:
    marks, problems = _marks(source, file)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", TranslatorCommentWarning)
        try:
            calls = templatize(source, origin=file)
        except SyntaxError as error:
            where = re.search(r", line (\d+)\)", str(error))
            line = int(where[1]) if where else 1
            return Extraction(problems=[*problems, Problem(file, line, str(error))])
    problems += [Problem(file, _line_in(str(w.message)), str(w.message)) for w in caught]

    texts: list[Text] = []
    read: Counter[int] = Counter()
    comments: list[tuple[int, str]] = []
    for call in _CALL.finditer(calls):
        line = calls.count("\n", 0, call.start()) + 1
        if call["name"] is None:
            comments = _continued(comments, line, call["comment"].strip())
            continue
        read[line] += 1
        near = [text for _, text in comments] if comments and comments[-1][0] >= line - 1 else []
        comments = []
        text_id, context = _arguments(call["name"], call["args"])
        if call["name"] == "_" and "%" in text_id:
            says = '_("…") with a percent sign is never found: Django looks it up doubled. '
            problems.append(Problem(file, line, says + "Use {% translate %}."))
        if text_id and all(text_id):
            texts.append(Text(text_id, context, file, line, tuple(near)))
    if marks.total() != read.total():
        # Django's own reader silently drops such a text (a "|" inside _("…"), for example).
        line = next(iter(sorted(marks - read)), 1)
        says = "a text marked here cannot be read: use {% translate %} or {% blocktranslate %}."
        problems.append(Problem(file, line, says))
    return Extraction(texts, problems)


def _marks(source: str, file: str) -> tuple[Counter[int], list[Problem]]:
    """Line → how many texts are marked there, counted without templatize() as a check on it."""
    marks: Counter[int] = Counter()
    problems: list[Problem] = []
    in_comment = False
    block_line = 0
    for token in Lexer(source).tokenize():
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        is_tag = token.token_type == TokenType.BLOCK
        words = token.contents.split(None, 1) if is_tag else []
        name = words[0] if words else ""
        line = token.lineno or 1
        if in_comment:
            in_comment = name != "endcomment"
        elif block_line:
            if name in ("endblocktranslate", "endblocktrans"):
                marks[block_line] += 1
                block_line = 0
        elif is_tag and token.contents == "comment":
            in_comment = True
        elif name in ("translate", "trans") and words[-1][0] in "\"'":
            marks[line] += 1
            if "\\" in token.contents:
                says = (
                    "no backslash in {% translate %}: use the other quote, or {% blocktranslate %}."
                )
                problems.append(Problem(file, line, says))
        else:
            marks[line] += len(_CONSTANT.findall(token.contents))
            if name in ("blocktranslate", "blocktrans"):
                block_line = line
    return marks, problems


def _arguments(name: str, args: str) -> tuple[str | tuple[str, str], str | None]:
    literals = _ARGUMENT.findall(args)
    if name == "_":  # copied from the template as it is, so the template's own rules apply
        return unescape_string_literal(literals[0]), None
    values: list[str] = [ast.literal_eval(literal) for literal in literals]
    context = values.pop(0) if "pgettext" in name else None
    return (values[0], values[1]) if name.startswith("n") else values[0], context


def _continued(comments: list[tuple[int, str]], line: int, text: str) -> list[tuple[int, str]]:
    if text.startswith(COMMENT_TAG):
        return [(line, text)]
    if text and comments and comments[-1][0] == line - 1:
        return [*comments, (line, text)]
    return comments


def _line_in(message: str) -> int:
    where = re.search(r"line (\d+)\)", message)
    return int(where[1]) if where else 1
