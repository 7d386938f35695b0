"""重み: what the buttons of the page ask of the workspace, from the address and what was typed."""

from typing import Final

from bpr.dashboard.pages.weights.kept import (
    EvaluationView,
    describe_evaluation,
    name_set,
    view_evaluation,
)
from bpr.dashboard.pages.weights.query import WeightsQuery, read_look
from bpr.dashboard.pages.weights.steps import list_steps, move_weights
from bpr.errors import InputError
from bpr.export.evaluation import write_evaluation
from bpr.store import FrozenRanking, WeightSet
from bpr.tabulate.evaluation import freeze_ranking
from bpr.workspace import Opinion, Workspace, write_multipliers

_LONGEST_NUMBER: Final = 9


def move_sliders(
    workspace: Workspace, search: str | None, positions: list[int | None]
) -> WeightsQuery | None:
    """Address for what the sliders say; None where that is what it says already."""
    look = read_look(workspace, search)
    scoring = workspace.settings.scoring
    placed = dict(zip(scoring.themes, positions, strict=True))
    known = {theme: look.opinion.multipliers.get(theme, 1.0) for theme in placed}
    moved = move_weights(known, placed, list_steps(scoring.weight_spread))
    if moved == {theme: value for theme, value in known.items() if value != 1}:
        return None
    return WeightsQuery(weights=write_multipliers(moved))


def keep_weights(
    workspace: Workspace, search: str | None, name: str | None, note: str | None
) -> WeightSet:
    """Save the weights of the address under a name."""
    look = read_look(workspace, search)
    if not look.opinion.multipliers:
        raise InputError("重みが標準のままです。つまみを動かしてから保存してください。")
    return workspace.save_weights(name or "", look.opinion.multipliers, note)


def list_sets(workspace: Workspace) -> list[list[WeightSet]]:
    """Every kept set with all its versions, the first first."""
    return [workspace.list_versions(kept.name) for kept in workspace.list_weight_sets()]


def freeze_current(workspace: Workspace, search: str | None, title: str | None) -> str:
    """Keep the ranking under the weights of the address; return the title it was kept under."""
    opinion = read_look(workspace, search).opinion
    ranked = workspace.ranked(opinion)
    rows = freeze_ranking(ranked.tasks, ranked.scores)
    number = workspace.freeze_evaluation(
        title or "", rows, opinion.name, opinion.version, opinion.multipliers
    )
    return next(one.title for one in workspace.list_evaluations() if one.id == number)


def open_evaluation(workspace: Workspace, query: WeightsQuery) -> EvaluationView:
    """The evaluation of the address beside today's ranking; `InputError` where it is not there."""
    frozen = _read_evaluation(workspace, query.evaluation)
    today = workspace.ranked(Opinion(frozen.evaluation.multipliers))
    digest = workspace.report().settings.digest
    return view_evaluation(frozen, today, digest, workspace.settings.scoring.top)


def export_evaluation(workspace: Workspace, search: str | None) -> tuple[str, bytes]:
    """Name and bytes of the workbook of the evaluation of the address."""
    frozen = _read_evaluation(workspace, WeightsQuery.parse(search or "").evaluation)
    scoring = workspace.settings.scoring
    gates = {name: gate.label for name, gate in scoring.gates.items()}
    notes = describe_evaluation(frozen.evaluation, scoring.themes)
    return f"評価{frozen.evaluation.id}.xlsx", write_evaluation(notes, frozen.rows, gates)


def after_saving(kept: WeightSet) -> str:
    """Query string that looks through a set just saved."""
    return WeightsQuery(weight_set=name_set(kept)).to_query()


def _read_evaluation(workspace: Workspace, number: str) -> FrozenRanking:
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER):
        msg = f"評価の番号 {number} がありません。評価の一覧を開き直してください。"
        raise InputError(msg)
    return workspace.read_evaluation(int(number))
