"""組合せ: the page - question and answer, the limits, the result."""

from typing import Any, Final

from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import page_head
from bpr.dashboard.components.empty import empty_state
from bpr.dashboard.components.fields import text_field
from bpr.dashboard.pages.portfolio import limits
from bpr.dashboard.pages.portfolio.ids import Ids, licence_id
from bpr.dashboard.pages.portfolio.query import PortfolioQuery
from bpr.score.savings import list_licences
from bpr.workspace import Workspace

QUESTION: Final = "限られた予算と人手で、どの組合せが最も時間を生むか"
CHOOSE: Final = "組み合わせを選ぶ"
CHOOSING: Final = "選んでいます…"
FIRST: Final = "最も時間を生む組合せを選んでいます…"
SAVE: Final = "この組合せを Excel で保存"
SAVING_SOON: Final = "計算が終わると Excel で保存"
WAIT: Final = "組合せを計算しています。数秒かかります。"
WAIT_BEYOND: Final = "入らなかった業務の理由と、あと少し広げたときの効果を計算しています。数十秒かかることがあります。"


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the limits of the address; the result comes by callback, for it takes seconds."""
    if not workspace.report().tasks.height:
        return empty_state(QUESTION)
    return html.Div(
        [
            html.Div(page_head(QUESTION, [FIRST], Ids.ANSWER), id=Ids.HEAD, **aria(live="polite")),
            _form(workspace, PortfolioQuery.parse(search)),
            html.P(id=Ids.STATUS, role="status", className="portfolio-status"),
            html.Div(id=Ids.RESULT, className="portfolio-result"),
            html.P(id=Ids.BEYOND_STATUS, role="status", className="portfolio-status"),
            html.Div(id=Ids.BEYOND, className="portfolio-result"),
            dcc.Download(id=Ids.DOWNLOAD),
            dcc.Download(id=Ids.DOWNLOAD_TARGETS),
        ]
    )


def licensed_levers(workspace: Workspace) -> list[str]:
    """Levers that need licences, whose number can be limited."""
    return list(list_licences(workspace.settings.savings))


def form_values(workspace: Workspace, query: PortfolioQuery) -> list[str]:
    """Return what the form holds for an address, in the order of its fields."""
    most = query.licence_limits
    return [
        query.tasks or str(workspace.settings.scoring.top),
        _grouped(query.budget),
        query.days,
        query.per_division,
        *(most.get(lever, "") for lever in licensed_levers(workspace)),
    ]


def form_ids(workspace: Workspace) -> list[str]:
    """Ids of the form's fields, in their order."""
    own = [Ids.TASKS, Ids.BUDGET, Ids.DAYS, Ids.PER_DIVISION]
    return [*own, *(licence_id(lever) for lever in licensed_levers(workspace))]


def read_form(
    workspace: Workspace, search: str | None, values: tuple[str | None, ...]
) -> PortfolioQuery:
    """Return the address with what the form holds; raises InputError where that is no number."""
    levers = licensed_levers(workspace)
    tasks, budget, days, per_division, *licences = values
    query = PortfolioQuery.parse(search or "").asking(
        tasks, budget, days, per_division, dict(zip(levers, licences, strict=True))
    )
    limits.read_limits(query, workspace.settings.scoring.top, levers)
    return query


def _form(workspace: Workspace, query: PortfolioQuery) -> html.Div:
    levers = licensed_levers(workspace)
    labels = [
        (limits.TASKS, f"空欄なら {workspace.settings.scoring.top}"),
        (limits.BUDGET, "上限なし"),
        (limits.DAYS, "上限なし"),
        (limits.PER_DIVISION, "上限なし"),
        *((limits.licence_label(lever), "上限なし") for lever in levers),
    ]
    fields = zip(form_ids(workspace), labels, form_values(workspace, query), strict=True)
    return html.Div(
        [
            *(
                text_field(
                    id=element,
                    label=label,
                    placeholder=blank,
                    value=value,
                    inputProps={"inputMode": "decimal", "autoComplete": "off"},
                    className=f"limit {element}",
                )
                for element, (label, blank), value in fields
            ),
            html.Button(CHOOSE, id=Ids.CHOOSE, className="button", type="button"),
        ],
        className="filters limits",
        role="group",
        **aria(label="条件。空欄は上限なし。"),
    )


def _grouped(text: str) -> str:
    """Return digits in groups of three; whatever is no plain number stays as it was typed."""
    return f"{int(text):,}" if text.isascii() and text.isdigit() else text
