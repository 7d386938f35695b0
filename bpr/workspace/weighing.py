"""Weighing: opinions on the weights kept under names, and rankings frozen under them."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Final

from bpr.errors import InputError
from bpr.frames import DataFrame
from bpr.frames.evaluations import EvaluationRows
from bpr.report import Report
from bpr.store import Evaluation, FrozenRanking, NewEvaluation, Store, WeightSet
from bpr.text import normalize, squeeze
from bpr.workspace.office import Office
from bpr.workspace.rights import Right, needs
from bpr.workspace.words import kept_reason

STANDARD: Final = "標準"
"""What the built-in weights are called; no weight set may take this name."""
LONGEST_SET_NAME: Final = 40
LONGEST_TITLE: Final = 100
LOWEST_MULTIPLIER: Final = 0.1
HIGHEST_MULTIPLIER: Final = 10.0


class WeightCases(Office):
    """The workspace's use cases about weights; `Workspace` inherits them."""

    @needs(Right.READ)
    def list_themes(self) -> list[str]:
        """Themes of the criteria, whose weights a set multiplies."""
        return list(self.settings.scoring.themes)

    @needs(Right.WEIGH)
    def save_weights(
        self, name: str, multipliers: Mapping[str, float], note: str | None = None
    ) -> WeightSet:
        """Keep multipliers under a name, as its next version."""
        chosen = check_set_name(name)
        check_multipliers(multipliers, self.list_themes())
        text = kept_reason(note)
        return self._here.add_weight_set(chosen, multipliers, text, self._act())

    @needs(Right.READ)
    def list_weight_sets(self) -> list[WeightSet]:
        """Latest version of each weight set, in the order in which they were first saved."""
        return self._here.list_weight_sets()

    @needs(Right.READ)
    def list_versions(self, name: str) -> list[WeightSet]:
        """All versions of a weight set, the first first."""
        return self._here.list_versions(name)

    @needs(Right.READ)
    def read_weights(self, name: str, version: int | None = None) -> WeightSet:
        """One version of a weight set (None: the latest); `InputError` where it is not there."""
        found = self._here.read_weight_set(normalize(name), version)
        if found is None:
            raise InputError(_say_absent(self.store, normalize(name), version))
        return found

    @needs(Right.WEIGH)
    def freeze_evaluation(
        self,
        title: str,
        ranking: DataFrame[EvaluationRows],
        set_name: str | None,
        set_version: int | None,
        multipliers: Mapping[str, float],
    ) -> int:
        """Keep a ranking as it is now, with what it was made with; return its number.

        `set_name` None: the standard weights, so no theme may be multiplied; of a set (`set_version`
        None: its latest version) the multipliers must be those that were saved.
        """
        kept_title = check_title(title)
        used = self._require_weights(set_name, set_version, multipliers)
        report = self.report()
        _require_current(ranking, report)
        evaluation = NewEvaluation(
            title=kept_title,
            set_name=used.name if used else None,
            set_version=used.version if used else None,
            multipliers=multipliers,
            settings_digest=report.settings.digest,
            base_count=report.tasks.height,
        )
        return self._here.add_evaluation(evaluation, ranking, self._act())

    @needs(Right.WHOLE)
    def list_evaluations(self) -> list[Evaluation]:
        """Frozen rankings, the newest first."""
        return self._here.list_evaluations()

    @needs(Right.WHOLE)
    def read_evaluation(self, evaluation_id: int) -> FrozenRanking:
        """One frozen ranking; `InputError` where it is not there."""
        found = self._here.read_evaluation(evaluation_id)
        if found is None:
            msg = f"評価の番号 {evaluation_id} がありません。評価の一覧を開き直してください。"
            raise InputError(msg)
        return found

    def _require_weights(
        self, name: str | None, version: int | None, multipliers: Mapping[str, float]
    ) -> WeightSet | None:
        """Saved set that a ranking was made with (None: standard); `InputError` where it differs."""
        if name is None:
            if _changes(multipliers):
                msg = f"「{STANDARD}」の重みから変えてあります。重みに名前を付けて保存してから、評価を残してください。"
                raise InputError(msg)
            return None
        found = self.read_weights(name, version)
        if _changes(found.multipliers) != _changes(multipliers):
            msg = f"重み「{found.name}」の第 {found.version} 版から変えてあります。重みを保存してから、評価を残してください。"
            raise InputError(msg)
        return found


def check_set_name(name: str) -> str:
    """Name to keep a weight set under, normalised; `InputError` where it cannot be used."""
    chosen = normalize(name)
    if not chosen:
        raise InputError("重みの名前がありません。名前を入れてください。")
    if len(chosen) > LONGEST_SET_NAME:
        msg = f"重みの名前「{chosen}」は長すぎます。{LONGEST_SET_NAME} 文字までにしてください。"
        raise InputError(msg)
    if squeeze(chosen) == STANDARD:
        msg = f"「{STANDARD}」は組み込みの重みの名前です。別の名前にしてください。"
        raise InputError(msg)
    return chosen


def check_multipliers(multipliers: Mapping[str, float], themes: Sequence[str]) -> None:
    """Raise `InputError` where a theme is unknown or its multiplier cannot be used."""
    for theme, value in multipliers.items():
        if theme not in themes:
            msg = f"観点「{theme}」はありません。{'、'.join(themes)} から選んでください。"
            raise InputError(msg)
        if not isfinite(value) or not LOWEST_MULTIPLIER <= value <= HIGHEST_MULTIPLIER:
            msg = (
                f"観点「{theme}」の倍率 {value} は使えません。"
                f"{LOWEST_MULTIPLIER:g} から {HIGHEST_MULTIPLIER:g} までの数にしてください。"
            )
            raise InputError(msg)


def check_title(title: str) -> str:
    """Title to keep an evaluation under, with single spaces; `InputError` where it is none."""
    chosen = " ".join(title.split())
    if not chosen:
        raise InputError("評価の題名がありません。題名を入れてください。")
    if len(chosen) > LONGEST_TITLE:
        msg = f"評価の題名「{chosen}」は長すぎます。{LONGEST_TITLE} 文字までにしてください。"
        raise InputError(msg)
    return chosen


def _changes(multipliers: Mapping[str, float]) -> dict[str, float]:
    """Return what the multipliers really change: a theme times one stays as it is."""
    return {theme: value for theme, value in multipliers.items() if value != 1}


def _require_current(ranking: DataFrame[EvaluationRows], report: Report) -> None:
    known = set(report.tasks["task_id"])
    gone = [task_id for task_id in ranking["task_id"] if task_id not in known]
    if gone:
        msg = f"業務ID「{gone[0]}」は今の調査票にありません。画面を開き直してから、評価を残してください。"
        raise InputError(msg)


def _say_absent(store: Store, name: str, version: int | None) -> str:
    versions = store.list_versions(name)
    if versions:
        numbers = "、".join(str(kept.version) for kept in versions)
        return f"重み「{name}」に第 {version} 版はありません。{numbers} から選んでください。"
    names = "、".join(f"「{kept.name}」" for kept in store.list_weight_sets())
    if names:
        return f"重み「{name}」は保存されていません。{names} から選んでください。"
    return f"重み「{name}」は保存されていません。先に重みを保存してください。"
