"""Why a task has its class: the reasons as a list, the ground of a core task, its parts."""

from typing import Any

from dash import html

from bpr.dashboard.judging import Judgement


def reason_list(judgement: Judgement) -> list[Any]:
    """What speaks for the automatic class, the weightiest first."""
    if not judgement.model_reasons:
        return [html.P("決め手になる言葉がありません。")]
    return [html.Ol([html.Li(text) for text in judgement.model_reasons], className="reasons")]


def judgement_notes(judgement: Judgement) -> list[Any]:
    """The ground of a core task, and the parts of one that can be split."""
    notes = []
    if judgement.core_basis:
        notes.append(html.P(judgement.core_basis, className="base"))
    if judgement.parts:
        staff, others = judgement.parts
        notes.append(
            html.P(
                [
                    html.Span("切り分け候補", className="tag split"),
                    f" 職員が行う：{staff} ／ 任せられる：{others}",
                ]
            )
        )
    return notes
