"""使い方: how far the work is -> the five steps in words, of those that one may take."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bpr.workspace.rights import Right


@dataclass(frozen=True)
class Counts:
    """How far the work is, as far as the person sees it."""

    files: int
    tasks: int
    errors: int
    warnings: int
    confirmed: int
    """Tasks whose class a person decided."""
    doubtful: int
    """Tasks that are still worth a look."""
    targets: int
    """BPR targets that are neither shelved nor withdrawn."""
    done: int
    measured: int


class State(StrEnum):
    """How far a step is; its value is what people read."""

    DONE = "済み"
    GOING = "途中"
    OPEN = "これから"


@dataclass(frozen=True)
class Step:
    """One step: what to do, how far it is, and where it is done."""

    name: str
    what: str
    state: State
    told: str
    page: str
    href: str


_ONLY_LOOKING: Final = [
    "このアカウントでは、結果を見るだけです。",
    "見たいページを、ページの一覧から選んでください。",
]
_NOTHING_YET: Final = "調査票を取り込むと、ここに件数が出ます。"


def view_answer(steps: Collection[Step]) -> list[str]:
    """Say how many steps are done and which is next."""
    if not steps:
        return _ONLY_LOOKING
    rest = [step for step in steps if step.state is not State.DONE]
    if not rest:
        return [f"{len(steps)} つの手順が、すべて済んでいます。"]
    done = len(steps) - len(rest)
    told = f"うち {done} つが済みました。" if done else ""
    return [f"手順は {len(steps)} つ。{told}次は「{rest[0].name}」です。"]


def view_steps(counts: Counts, rights: Collection[Right]) -> list[Step]:
    """The steps that somebody with these rights may take, in their order."""
    steps = {
        Right.COLLECT: [_collect(counts), _mend(counts)],
        Right.CLASSIFY: [_confirm(counts)],
        Right.DECIDE: [_choose(counts)],
        Right.MEASURE: [_record(counts)],
    }
    return [step for right, some in steps.items() if right in rights for step in some]


def _collect(counts: Counts) -> Step:
    return Step(
        "取り込む",
        "各課から戻った調査票（Excel・CSV）を「取込」の枠に置きます。フォルダごとでも、zip でもかまいません。様式が課ごとに違っていても読み取ります。",
        State.DONE if counts.tasks else State.OPEN,
        f"{counts.files:,} ファイル・{counts.tasks:,} 業務を取り込みました。"
        if counts.files
        else "まだ 1 つも取り込んでいません。",
        "取込",
        "/imports",
    )


def _mend(counts: Counts) -> Step:
    faults = f"エラー {counts.errors:,} 件、要確認 {counts.warnings:,} 件があります。"
    fine = f"エラーはありません（要確認 {counts.warnings:,} 件）。"
    state = State.GOING if counts.errors else State.DONE
    return Step(
        "指摘を直す",
        "エラーのある行は、直すまで集計に入りません。指摘を書き込んだ調査票を課に返し、直ったものをもう一度取り込みます。",
        state if counts.files else State.OPEN,
        (faults if counts.errors else fine) if counts.files else _NOTHING_YET,
        "取込",
        "/imports?severity=error#findings",
    )


def _confirm(counts: Counts) -> Step:
    state = State.GOING if counts.confirmed else State.OPEN
    more = f"確かめるとよい業務は残り {counts.doubtful:,} 件です"
    left = more if counts.doubtful else "確かめるとよい業務は残っていません"
    return Step(
        "分類を確かめる",
        "自動判定に自信のない業務を、影響の大きい順に人が確かめます。全部でなくても、上から 20 件ほどで大きく確かになります。",
        State.DONE if counts.tasks and not counts.doubtful else state,
        f"人が確かめた業務は {counts.confirmed:,} 件、{left}。" if counts.tasks else _NOTHING_YET,
        "確認",
        "/review",
    )


def _choose(counts: Counts) -> Step:
    return Step(
        "候補から選ぶ",
        "順位と理由、削減見込の計算を見て、見直す業務を選び、BPR対象にします。点は判断の材料で、決めるのは人です。",
        State.DONE if counts.targets else State.OPEN,
        f"BPR対象は {counts.targets:,} 件です。"
        if counts.targets
        else "BPR対象は、まだありません。",
        "候補",
        "/candidates",
    )


def _record(counts: Counts) -> Step:
    every = counts.measured == counts.done
    return Step(
        "実施と効果を記録する",
        "BPR対象の状態を進め、終わったら、導入の前と後の時間を測って入れます。ここで入れた数から KPI の実績が出ます。",
        (State.DONE if every else State.GOING) if counts.done else State.OPEN,
        f"実施済は {counts.done:,} 件、うち効果を入れたのは {counts.measured:,} 件です。"
        if counts.done
        else "実施済の対象は、まだありません。",
        "BPR対象",
        "/targets",
    )
