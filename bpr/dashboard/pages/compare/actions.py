"""比較: what the buttons ask of the workspace, from the address and what was typed."""

import binascii
from base64 import b64decode

from bpr.dashboard.pages.compare.ids import token
from bpr.dashboard.pages.compare.query import CompareQuery
from bpr.dashboard.pages.compare.reading import Pair, find_pair
from bpr.dashboard.pages.compare.years import NO_DIVISION, find_unsure
from bpr.errors import InputError
from bpr.text import normalize
from bpr.workspace import Workspace


def choose_years(
    workspace: Workspace,
    search: str | None,
    before: str | None,
    after: str | None,
    division: str | None,
) -> CompareQuery | None:
    """Address for what the choices say; None where that is what is shown already."""
    query = CompareQuery.parse(search or "")
    pair = _pair(workspace, search)
    if (before, after) == (str(pair.before), str(pair.after)):
        return None if (division or "") == query.division else query.with_(division=division)
    return query.with_(before=before, after=after, division="")


def say_same(workspace: Workspace, search: str | None, of: str, *, same: bool) -> str:
    """Confirm or deny the pair that a button stands for; return what to say."""
    pair = _pair(workspace, search)
    changes, _ = workspace.compare_editions(pair.before, pair.after)
    for row in find_unsure(changes).iter_rows(named=True):
        if token(row["before_id"], row["after_id"]) == of:
            action = "confirm" if same else "deny"
            workspace.say_of_link(pair.before, pair.after, row["before_id"], row["after_id"], action)  # fmt: skip
            return (
                f"「{row['after_name']}」を、{'同じ業務' if same else '別の業務'}と記録しました。"
            )
    raise InputError("この組は、もう確かめてあるか、なくなりました。一覧を開き直してください。")


def confirm_division(workspace: Workspace, search: str | None) -> str:
    """Confirm all pairs of the division in the address; return what to say."""
    pair, division = _pair(workspace, search), CompareQuery.parse(search or "").division
    if not division:
        raise InputError("課を選んでから押してください。")
    told = None if division == NO_DIVISION else division
    count = workspace.confirm_division_links(pair.before, pair.after, told)
    if not count:
        msg = f"「{division}」には、確かめていない組がありません。一覧を開き直してください。"
        raise InputError(msg)
    return f"{division}の {count:,} 組を、同じ業務と記録しました。"


def export_years(workspace: Workspace, search: str | None) -> bytes:
    """Workbook of the two years."""
    pair = _pair(workspace, search)
    return workspace.export_years(pair.before, pair.after)


def export_exchange(workspace: Workspace, population: str | None) -> bytes:
    """Exchange file for the number of inhabitants that was typed."""
    text = normalize(population or "").replace(",", "").removesuffix("人")
    if not (text.isascii() and text.isdigit()):
        msg = (
            f"人口「{population or ''}」は数として読めません。48000 のように数字で入れてください。"
        )
        raise InputError(msg)
    return workspace.export_exchange(int(text[:12]))


def add_town(workspace: Workspace, town: str | None, content: str) -> str:
    """Keep a dropped exchange file; return what to say."""
    try:
        data = b64decode(content.partition(",")[2], validate=True)
    except binascii.Error as error:
        raise InputError("ファイルを受け取れませんでした。もう一度選んでください。") from error
    workspace.add_town(town or "", data)
    return f"「{normalize(town or '')}」の交換ファイルを登録しました。"


def withdraw_town(workspace: Workspace, of: str) -> str:
    """Take out the town that a button stands for; return what to say."""
    for town in workspace.list_towns():
        if token(town.name) == of:
            workspace.withdraw_town(town.name)
            return f"「{town.name}」を外しました。"
    raise InputError("この団体は、もう外してあります。画面を開き直してください。")


def _pair(workspace: Workspace, search: str | None) -> Pair:
    pair = find_pair(workspace, CompareQuery.parse(search or ""))
    if pair is None:
        raise InputError("比べる調査が 2 つありません。前の年度の調査票を取り込んでください。")
    return pair
