"""The document holds its page as plain HTML: whole, as text, and for nobody to use."""

import re
from html import unescape

import dash_mantine_components as dmc
import plotly.graph_objects as go
import pytest
from dash import dcc, html

from bpr.dashboard.app import create_app
from bpr.dashboard.first_paint import paint_over
from tests.builder import text_file
from tests.dashboard.browser import Browser, by_id, texts
from tests.dashboard.conftest import MakeWorkspace
from tests.dashboard.test_hostile import HOSTILE, ROWS

BEGIN, END = '<div id="first-paint" inert aria-hidden="true">', '<div id="react-entry-point">'


def painted(browser: Browser, path: str) -> str:
    document: str = browser.client.get(path).text
    if BEGIN not in document:
        return ""
    return document.partition(BEGIN)[2].partition(END)[0]


def inner(part: object) -> str:
    return paint_over(part).removeprefix(BEGIN).removesuffix("</div>")


def test_the_answer_is_there_before_any_script(browser: Browser) -> None:
    document = browser.client.get("/").text
    assert document.index("年間 1,000 時間のうち") < document.index("<script")
    assert 'class="on">概況' in painted(browser, "/")


@pytest.mark.parametrize(
    ("path", "search", "answer"),
    [
        ("/", "", "overview-answer"),
        ("/", "?division=税務課", "overview-answer"),
        ("/weights", "", "weights-answer"),
        ("/candidates", "?text=申告", "candidates-answer"),
    ],
)
def test_it_is_the_page_of_the_address(
    browser: Browser, path: str, search: str, answer: str
) -> None:
    told = "".join(texts(by_id(browser.page(path, search), answer)["children"]))
    heading = re.search("<h1.*?</h1>", painted(browser, path + search))
    assert heading
    assert unescape(re.sub("<[^>]*>", "", heading[0])) == told


def test_every_identifier_belongs_to_the_app(browser: Browser) -> None:
    for path in ("/", "/candidates", "/kpi", "/settings"):
        assert painted(browser, path)
        assert not re.search(r'<[^>]* id="', painted(browser, path))


def test_texts_of_tasks_stay_text(make_workspace: MakeWorkspace) -> None:
    browser = Browser(create_app(make_workspace(text_file(ROWS))))
    found = "".join(painted(browser, path) for path in ("/", "/imports", "/review", "/candidates"))
    assert "<script" not in found
    assert "<img" not in found
    assert "href" not in found
    assert all(text in unescape(found) for text in HOSTILE[:2])


def test_where_the_address_is_wrong_only_the_app_says_so(browser: Browser) -> None:
    assert painted(browser, "/candidates?weight_set=none%401") == ""
    assert "<h1" in painted(browser, "/candidates")


def test_no_more_is_written_than_a_screen_shows_and_all_is_closed() -> None:
    rows = html.Table([html.Tr([html.Td(f"{n}a"), html.Td(f"{n}b")]) for n in range(5)])
    assert paint_over([rows, html.P("below")], most=5).removeprefix(BEGIN) == (
        "<table><tr><td>0a</td><td>0b</td></tr><tr></tr></table></div>"
    )
    assert "below" in paint_over([rows, html.P("below")])


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (html.B(["a", None, 3, html.I(["<b>", html.Br()])]), "<b>a3<i>&lt;b&gt;<br></i></b>"),
        (html.Td("x", colSpan=2, className='a"b'), '<td class="a&quot;b" colspan="2">x</td>'),
        (html.P("x", style={"textAlign": "right"}), '<p style="text-align:right">x</p>'),
        (html.Details("x", open=True, hidden=False), "<details open>x</details>"),
        (html.Div("x", id="own", n_clicks=1), "<div>x</div>"),
        (dcc.Link("x", href="/"), "<a>x</a>"),
        (dcc.Store(id="s"), ""),
        (dmc.TextInput(label="課"), '<div class="first-field">課<div></div></div>'),
        (
            dcc.Graph(figure=go.Figure(layout={"height": 240})),
            '<div style="height:240px"></div>',
        ),
        (dcc.Graph(style={"height": "10em"}), '<div style="height:10em"></div>'),
    ],
)
def test_parts_look_like_themselves(part: object, expected: str) -> None:
    assert inner(part) == expected
