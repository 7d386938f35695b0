"""設定: the page - the sentence on top, the parts, and what the chosen one shows."""

from dataclasses import dataclass
from typing import Any, Final

from dash import dcc, html

from bpr.dashboard.components.cards import page_head
from bpr.dashboard.components.sight import sight_stores
from bpr.dashboard.components.ways import Way, way_links
from bpr.dashboard.pages.settings.accounts import view_accounts
from bpr.dashboard.pages.settings.accounts_part import Issued, account_sections
from bpr.dashboard.pages.settings.audit import PAGE_ROWS, count_pages, view_audit
from bpr.dashboard.pages.settings.audit_part import audit_sections
from bpr.dashboard.pages.settings.ids import Ids
from bpr.dashboard.pages.settings.kpi import view_definitions
from bpr.dashboard.pages.settings.kpi_part import definition_sections
from bpr.dashboard.pages.settings.query import MANAGED, PARTS, SettingsQuery
from bpr.dashboard.pages.settings.rules import view_history, view_rules
from bpr.dashboard.pages.settings.rules_part import cost_panel, rule_sections
from bpr.errors import InputError
from bpr.store import AuditQuery
from bpr.workspace import Workspace
from bpr.workspace.rights import Right, has_right

QUESTION: Final = "どんな決まりで数え、だれが何をできるか"


@dataclass(frozen=True)
class Shown:
    """The answer on top, and everything below it."""

    answer: list[str]
    body: list[Any]


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the part that the address asks for; say why where that cannot be."""
    try:
        shown = show_query(workspace, search)
    except InputError as error:
        shown = Shown([str(error)], [_ways(workspace, SettingsQuery.parse(search))])
    keeps: dict[str, Any] = {"data-keeps-focus": "true"}
    return html.Div(
        [
            page_head(QUESTION, shown.answer, Ids.ANSWER),
            html.Div(shown.body, id=Ids.BODY, tabIndex="-1", **keeps),
            dcc.Download(id=Ids.DOWNLOAD),
            *sight_stores(Ids.VISITED, Ids.KEPT),
        ]
    )


def show_query(workspace: Workspace, search: str | None, issued: Issued | None = None) -> Shown:
    """What the address asks for; `issued`: a password that is to be shown once."""
    query = SettingsQuery.parse(search or "")
    if query.known_part == "accounts":
        shown = _show_accounts(workspace, query, issued)
    else:
        show = {"rules": _show_rules, "kpi": _show_kpi, "audit": _show_audit}
        shown = show[query.known_part](workspace, query)
    return Shown(shown.answer, [_ways(workspace, query), *shown.body])


def _ways(workspace: Workspace, query: SettingsQuery) -> html.Nav:
    manages = has_right(workspace.person(), Right.MANAGE)
    ways = [
        Way(label, SettingsQuery(part=name).href(), name == query.known_part)
        for name, label in PARTS.items()
        if manages or name not in MANAGED
    ]
    return way_links("設定の内容", ways, "settings-ways")


def _show_rules(workspace: Workspace, query: SettingsQuery) -> Shown:
    costs, manages = workspace.list_costs(), has_right(workspace.person(), Right.MANAGE)
    settings, sets = workspace.report().settings, len(workspace.list_weight_sets())
    view = view_rules(settings, costs, sets)
    opened = [
        cost_panel(one, view_history(workspace.read_cost_history(one.cost)))
        for one in costs
        if one.cost == query.cost and manages
    ]
    folder = workspace.settings.folder if manages else None
    return Shown(view.answer, rule_sections(view, opened, folder, manages=manages))


def _show_kpi(workspace: Workspace, query: SettingsQuery) -> Shown:
    del query
    view = view_definitions(workspace.settings.kpi)
    return Shown(view.answer, definition_sections(view))


def _show_accounts(workspace: Workspace, query: SettingsQuery, issued: Issued | None) -> Shown:
    accounts = workspace.list_accounts()
    view = view_accounts(accounts, workspace.person().account, query.account)
    offices = workspace.list_offices()["division"].to_list()
    divisions = sorted({*offices, *workspace.list_divisions()})
    vouched = bool(workspace.settings.security.proxy.header)
    return Shown(view.answer, account_sections(view, divisions, issued, vouched=vouched))


def _show_audit(workspace: Workspace, query: SettingsQuery) -> Shown:
    wanted = query.wanted
    count = workspace.find_audit(wanted, most=1).count
    page = min(query.page_number, count_pages(count))
    found = workspace.find_audit(wanted, PAGE_ROWS, (page - 1) * PAGE_ROWS)
    latest = workspace.find_audit(AuditQuery(), most=1)
    view = view_audit(found, latest, query)
    return Shown(view.answer, audit_sections(view, query, workspace.list_audit_people()))
