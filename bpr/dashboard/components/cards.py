"""A number with its base and its comparison; a section with a heading."""

from dataclasses import dataclass
from typing import Any

from dash import html


@dataclass(frozen=True)
class Figure:
    """One number as people read it."""

    label: str
    value: str
    unit: str
    base: str
    comparison: str
    id: str = ""


def number_card(figure: Figure) -> html.Div:
    """Card with the label, the number, its base (母数) and what to compare it with."""
    extra: dict[str, Any] = {"id": figure.id} if figure.id else {}
    return html.Div(
        [
            html.P(figure.label, className="card-label"),
            html.P(
                [html.Span(figure.value, **extra), html.Small(f" {figure.unit}")],
                className="number",
            ),
            html.P(figure.base, className="base"),
            html.P(figure.comparison, className="comparison"),
        ],
        className="card",
    )


def section(heading: str, note: str, children: list[Any], class_name: str = "") -> html.Section:
    """Card with a heading that says what it shows, and its base."""
    return html.Section(
        [html.H2(heading), html.P(note, className="base"), *children],
        className=f"card {class_name}".strip(),
    )


def page_head(question: str, answer: list[str], answer_id: str) -> html.Div:
    """The page's question and its answer in a sentence or two."""
    return html.Div(
        [html.P(question, className="question"), html.H1(answer_lines(answer), id=answer_id)],
        className="page-head",
    )


def answer_lines(answer: list[str]) -> list[Any]:
    """One line for each sentence of an answer."""
    lines: list[Any] = []
    for number, line in enumerate(answer):
        lines += [html.Br(), line] if number else [line]
    return lines
