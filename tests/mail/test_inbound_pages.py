"""The text of HTML: where its links lead, and what people only indent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.inbound import html
from mail.inbound.letter import read_letter
from tests.mail.letters import letter

URL = "https://drive.example.com/file/1AbC"
WROTE_ES = "El mié, 18 nov 2026 a las 10:00, Puente &lt;support@puente.example&gt; escribió:"
WROTE_EN = "On Nov 18, 2026, at 10:00 AM, Puente &lt;support@puente.example&gt; wrote:"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (f'<p>Va <a href="{URL}">mi recibo</a>, gracias.', f"Va mi recibo <{URL}>, gracias."),
        (f"<A HREF='{URL}'><b>my</b> <i>receipt</i></A>", f"my receipt <{URL}>"),
        (f'<a href="{URL}?a=1&amp;b=2">foto</a>', f"foto <{URL}?a=1&b=2>"),
        (f'<a href=" {URL[:20]}\n{URL[20:]} ">foto</a>', f"foto <{URL}>"),
        (f'<a href="{URL}"><img src="x.png"></a>', f"<{URL}>"),
        (f'<a href="{URL}">{URL}</a>', URL),
        (f'<a href="{URL}/">drive.example.com/file/1AbC</a>', "drive.example.com/file/1AbC"),
        ('<a href="http://www.luna.example">luna.example</a>', "luna.example"),
        ('<a href="mailto:ventas@luna.example">ventas@luna.example</a>', "ventas@luna.example"),
        ('<a href="mailto:ventas@luna.example?subject=x">la tienda</a>',
         "la tienda <ventas@luna.example>"),
        ('<a href="tel:+15555550134">mi teléfono</a>', "mi teléfono <tel:+15555550134>"),
        ('<a href="javascript:alert(1)">clic</a>', "clic"),
        ('<a href="#arriba">arriba</a> <a>nada</a> <a href="">vacío</a>', "arriba nada vacío"),
        ('<a href="https://x.example/<b>">x</a>', "x"),
        (f'<a href="{URL}">mi recibo', f"mi recibo <{URL}>"),
    ],
)  # fmt: skip
def test_where_a_link_leads_is_shown(page: str, text: str) -> None:
    assert html.words_of_page(page) == text


@pytest.mark.parametrize(
    "page",
    [
        '<div>Hola:</div><blockquote style="margin:0 0 0 40px;border:none;padding:0">'
        "<div>Ya pagué dos veces.</div></blockquote>",
        "<p>Hola:</p><blockquote>Ya pagué dos veces.</blockquote>",
        '<p>Hola:</p><blockquote class="indent" dir="ltr"><p>Ya pagué dos veces.</p></blockquote>',
        "<p>Hola:</p><blockquote><blockquote>Ya pagué dos veces.</blockquote></blockquote>",
        "<p>La tienda me escribió:</p><blockquote>Ya pagué dos veces.</blockquote>",
        "<p>Hello:</p><ul><blockquote>Ya pagué dos veces.</blockquote></ul>",
    ],
)
def test_what_is_only_indented_is_no_quotation(page: str) -> None:
    reply = read_letter(letter(html=page)).reply
    assert "Ya pagué dos veces." in reply.visible
    assert ">" not in reply.visible
    assert reply.quoted == ""


@pytest.mark.parametrize(
    "quote",
    [
        '<blockquote type="cite">Hola Carla</blockquote>',
        f'<div>{WROTE_EN}</div><br><blockquote type="cite"><div>Hola Carla</div></blockquote>',
        f'<div class="gmail_attr">{WROTE_ES}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0">Hola Carla</blockquote>',
        f"<p>{WROTE_ES}</p><blockquote>Hola Carla</blockquote>",
        f"<div>{WROTE_EN}<br><br></div><blockquote style='border-left:2px solid'>Hola Carla"
        "</blockquote>",
        '<div class="moz-cite-prefix">El 18/11/26 a las 10:00, Puente escribió:<br></div>'
        '<blockquote cite="mid:1@puente.example">Hola Carla</blockquote>',
        '<div class="protonmail_quote">El miércoles, 18 de noviembre de 2026 a las 10:00,'
        ' Puente &lt;support@puente.example&gt; escribió:<br>'
        '<blockquote class="protonmail_quote">Hola Carla</blockquote></div>',
        '<blockquote id="isReplyContent" class="yahoo_quoted">Hola Carla</blockquote>',
    ],
)  # fmt: skip
def test_what_a_program_quotes_is_folded(quote: str) -> None:
    reply = read_letter(letter(html=f"<p>Ya pagué.</p>{quote}")).reply
    assert reply.visible == "Ya pagué."
    assert "> Hola Carla" in reply.quoted


def test_indented_words_below_a_quotation_are_no_part_of_it() -> None:
    page = '<blockquote type="cite">Hola</blockquote><blockquote>Ya pagué.</blockquote>'
    assert html.words_of_page(page) == "> Hola\n\nYa pagué."
    page = '<blockquote type="cite">Hola <blockquote>Carla</blockquote></blockquote>Ya pagué.'
    assert html.words_of_page(page).endswith("\nYa pagué.")


TAGS = st.sampled_from(
    ["<a href='https://x.example'>", "<a href=https://a.example/b c>", "</a>", "<blockquote>",
     "<blockquote type=cite>", "</blockquote>", "<a>", "<p>", "<br>", "<td>", "<script>",
     "</script>"]
)  # fmt: skip


@given(st.lists(TAGS | st.text(max_size=10), max_size=20).map("".join))
def test_any_tags_are_read(page: str) -> None:
    read_letter(b"Content-Type: text/html; charset=utf-8\n\n" + page.encode("utf-8", "replace"))


@given(st.lists(TAGS.filter(lambda tag: "script" not in tag), max_size=20))
def test_no_word_is_lost_between_links_and_quotations(tags: list[str]) -> None:
    page = "".join(f"{tag}palabra{number} " for number, tag in enumerate(tags))
    found = html.words_of_page(page)
    places = [found.index(f"palabra{number}") for number in range(len(tags))]
    assert places == sorted(places)
