"""資料: the name of a paper -> its file, as the workspace makes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bpr.dashboard.components.download import typed_file
from bpr.dashboard.pages.papers.reading import find_pair
from bpr.decide.targets import find_standing
from bpr.errors import InputError
from bpr.workspace import Workspace

_KILO: Final = 1024


@dataclass(frozen=True)
class Made:
    """A file as `dcc.Download` takes it, and what to say of it."""

    file: Mapping[str, str | bool]
    told: str


def make_paper(workspace: Workspace, paper: str) -> Made:
    """Make a paper; `InputError` where there is nothing to put into it."""
    if paper not in _MAKERS:
        raise InputError("この資料はありません。画面を開き直してください。")
    title, ending, make = _MAKERS[paper]
    data = make(workspace)
    name = f"{workspace.name_paper(title)}.{ending}"
    return Made(
        typed_file(data, name, ending),
        f"「{name}」を保存しました（{max(1, len(data) // _KILO):,} KB）。",
    )


def _make_targets(workspace: Workspace) -> bytes:
    standing = find_standing(workspace.list_targets())
    return workspace.export_targets(standing["target_id"].to_list())


def _make_years(workspace: Workspace) -> bytes:
    pair = find_pair(workspace)
    if pair is None:
        raise InputError("比べる調査が 2 つありません。前の年度の調査票を取り込んでください。")
    return workspace.export_years(pair.before, pair.after)


_MAKERS: Final[dict[str, tuple[str, str, Callable[[Workspace], bytes]]]] = {
    "report": ("調査結果の報告書", "html", Workspace.export_report),
    "targets": ("BPR対象業務一覧", "xlsx", _make_targets),
    "candidates": ("BPR対象業務一覧（候補）", "xlsx", Workspace.export_candidates),
    "tables": ("集計表", "xlsx", Workspace.export_tables),
    "kpi": ("KPI進捗管理表", "xlsx", Workspace.export_kpi),
    "years": ("前年度との比較", "xlsx", _make_years),
    "book": ("業務量調査・BPRまとめ", "xlsx", Workspace.export_book),
    "open_data": ("オープンデータ", "zip", Workspace.export_open_data),
}
"""Paper -> what its file is called, its ending, what makes it."""
