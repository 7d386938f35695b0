"""概況: the page."""

from enum import StrEnum
from typing import Any

from dash import dcc, html

from bpr import terms
from bpr.dashboard.components.cards import number_card, page_head, section
from bpr.dashboard.components.chart import readable_chart
from bpr.dashboard.components.empty import empty_state, no_hours
from bpr.dashboard.components.table import bar, plain_table
from bpr.dashboard.figures.media import media_figure
from bpr.dashboard.pages.overview.view import Overview, view_overview
from bpr.workspace import Workspace

QUESTION = "うちの業務は、何でできているか"


class Ids(StrEnum):
    """Ids of the page."""

    ANSWER = "overview-answer"
    MEDIA = "overview-media"
    DOWNLOAD = "overview-download"
    DOWNLOAD_BUTTON = "overview-download-button"


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the overview of all tasks."""
    del search
    report = workspace.report()
    view = view_overview(report)
    if view is not None:
        return _page(view)
    return no_hours(QUESTION, report.tasks.height) if report.tasks.height else empty_state(QUESTION)


def _page(view: Overview) -> html.Div:
    return html.Div(
        [
            page_head(QUESTION, view.answer, Ids.ANSWER),
            html.Div([number_card(figure) for figure in view.figures], className="cards"),
            html.Div(
                [
                    section(
                        view.media_heading,
                        view.media_note,
                        [
                            readable_chart(
                                media_figure(view.bars),
                                view.media_sentence,
                                _media_table(view),
                                Ids.MEDIA,
                            )
                        ],
                        "wide",
                    ),
                    section(view.divisions_heading, view.divisions_note, [_division_table(view)]),
                ],
                className="columns",
            ),
            html.Div(
                [
                    html.P(view.provenance, className="base"),
                    html.Button(
                        "集計表を Excel で保存", id=Ids.DOWNLOAD_BUTTON, className="button outline"
                    ),
                    dcc.Download(id=Ids.DOWNLOAD),
                ],
                className="foot",
            ),
        ]
    )


def _media_table(view: Overview) -> html.Table:
    total = sum(bar.total for bar in view.bars)
    rows = [
        [
            item.label,
            *(f"{item.hours[name]:,.0f}" for name in terms.WORK_CLASSES),
            f"{item.total:,.0f}",
            f"{item.total / total:.1%}",
            f"{item.ami_share:.1%}",
        ]
        for item in view.bars
    ]
    header = ["媒体", *terms.SHORT_WORK_CLASSES.values(), "合計", "割合", "阿見町"]
    return plain_table(view.media_note, header, rows, right=range(1, 8))


def _division_table(view: Overview) -> html.Table:
    rows = [[row.division, f"{row.hours:,.0f}", bar(row.share_of_first)] for row in view.divisions]
    return plain_table(
        view.divisions_note, ["課", "時間／年", "最も多い課との比"], rows, right=(1,)
    )
