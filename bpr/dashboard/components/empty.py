"""What a page says before there is anything to show: what to do next."""

from dash import dcc, html

from bpr.dashboard.components.cards import page_head


def empty_state(question: str) -> html.Div:
    """Page head with the next step."""
    return html.Div(
        [
            page_head(question, ["まだ調査票が取り込まれていません。"], "empty-answer"),
            html.Div(
                [
                    html.P("各課から戻った調査票（Excel・CSV）を「取込」に置いてください。"),
                    dcc.Link("「取込」を開く", href="/imports", className="button"),
                    _guide(),
                    html.P("フォルダごと、次のように取り込むこともできます。"),
                    html.Pre("bpr import フォルダ"),
                ],
                className="card",
            ),
        ]
    )


def _guide() -> html.P:
    """Where the first steps are told."""
    link = dcc.Link("「使い方」を開く", href="/guide", className="small-action")
    return html.P(["はじめての方は、5 つの手順をご覧ください。", link])


def no_hours(question: str, count: int) -> html.Div:
    """Page head for a survey of names alone, with where to go on."""
    answer = [f"{count:,} 業務を読みました。時間が書かれていないので、割合は出せません。"]
    return html.Div(
        [
            page_head(question, answer, "empty-answer"),
            html.Div(
                [
                    html.P("分類と適性は「業務」「候補」で見られます。"),
                    html.P(
                        "年間作業時間（または件数と 1 件あたり時間、人役）のある調査票を取り込むと、ここに内訳が出ます。"
                    ),
                    _guide(),
                ],
                className="card",
            ),
        ]
    )
