"""What a page says before there is anything to show: what to do next."""

from dash import html

from bpr.dashboard.components.cards import page_head


def empty_state(question: str) -> html.Div:
    """Page head with the next step."""
    return html.Div(
        [
            page_head(question, ["まだ調査票が取り込まれていません。"], "empty-answer"),
            html.Div(
                [
                    html.P(
                        "各課から戻った調査票（Excel・CSV）を 1 つのフォルダに集めて、次のように取り込んでください。"
                    ),
                    html.Pre("bpr import フォルダ"),
                    html.P("取り込みが終わったら、この画面を開き直してください。"),
                ],
                className="card",
            ),
        ]
    )
