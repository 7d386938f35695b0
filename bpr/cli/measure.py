"""`bpr decide measure|unmeasure|effects`: what was really saved, against what was expected."""

from typing import Final

import click

from bpr import deciding_terms, terms
from bpr.cli.japanese import JapaneseCommand
from bpr.cli.output import table
from bpr.cli.words import find_key, label_of, read_period, read_target_version, write_number
from bpr.decide.measurements import Measurement
from bpr.errors import InputError
from bpr.workspace import Workspace

_EFFECTS: Final = (
    "手段", "測定の根拠", "終えた対象", "測った対象（母数）", "実現した時間/年",
    "比べた対象", "その見込", "その実現", "実現÷見込",
)  # fmt: skip
_RATES: Final = ("手段", "減る割合", "幅（80%）", "根拠")
_FIGURES: Final = "、".join(
    f"{term.label}（{key}）" for key, term in deciding_terms.FIGURES.items()
)


@click.command("measure", cls=JapaneseCommand)
@click.argument("target_id", type=click.IntRange(1), metavar="番号")
@click.argument("figure", required=False, metavar="[項目]")
@click.argument("old", type=float, required=False, metavar="[前の値]")
@click.argument("new", type=float, required=False, metavar="[後の値]")
@click.option("--before", metavar="期間", help="導入前の期間（例 2024-04-01..2025-03-31）。")
@click.option("--after", metavar="期間", help="導入後の期間。")
@click.option(
    "--evidence",
    metavar="根拠",
    help="実績（measured）、見込み（expected）、アンケート（opinion）。",
)
@click.option("--base", type=float, metavar="数", help="母数（何件、何人のうちか）。")
@click.option("--base-note", metavar="文", help="何の母数か。")
@click.option("--use", metavar="使い道", help="空いた時間の使い道（例 住民対応・相談、counter）。")
@click.option("--use-note", metavar="文", help="使い道の内容。")
@click.option("--note", metavar="文", help="覚え書き。")
@click.option(
    "--survey",
    type=click.IntRange(1),
    metavar="調査",
    help="値を書かずに、後の年度の調査（番号）から取る。",
)
def measure(
    target_id: int,
    figure: str | None,
    old: float | None,
    new: float | None,
    before: str | None,
    after: str | None,
    evidence: str | None,
    base: float | None,
    base_note: str | None,
    use: str | None,
    use_note: str | None,
    note: str | None,
    survey: int | None,
) -> None:
    """導入の前と後の値を記録する。

    例 bpr decide measure 3 作業時間 400 300 --before 2024-04-01..2025-03-31 --after
    2025-04-01..2026-03-31 --evidence 実績。後の年度の調査からは bpr decide measure 3 --survey 2。
    """
    workspace = Workspace.from_env()
    if survey is not None:
        if figure is not None or before or after or evidence or base is not None or use:
            raise InputError(
                "--survey では、項目、値、期間、根拠、母数、使い道を書かないでください。"
            )
        doubts = workspace.measure_by_survey(target_id, survey, note)
    elif figure is None or old is None or new is None or evidence is None:
        msg = (
            f"項目（{_FIGURES}）、前の値、後の値、--before、--after、--evidence を書いてください。"
        )
        raise InputError(msg)
    else:
        doubts = workspace.measure_target(
            Measurement(
                target_id,
                find_key(figure, deciding_terms.FIGURES, "項目"),
                old,
                new,
                *read_period(before, "--before"),
                *read_period(after, "--after"),
                find_key(evidence, terms.EVIDENCES, "根拠"),
                base=base,
                base_note=base_note,
                freed_use=find_key(use, deciding_terms.FREED_USES, "使い道") if use else None,
                freed_note=use_note,
                note=note,
            )
        )
    click.echo(f"対象 {target_id} の効果を記録しました。")
    for doubt in doubts:
        click.echo(f"確かめてください：{doubt}", err=True)


@click.command("unmeasure", cls=JapaneseCommand)
@click.argument("target_id", type=click.IntRange(1), metavar="番号")
@click.argument("measurement_id", type=click.IntRange(1), metavar="測定の番号")
@click.option("--reason", metavar="文", help="理由。")
@click.option("--seen", type=click.IntRange(1), metavar="版", help="見ていた版。なければ今の版。")
def unmeasure(target_id: int, measurement_id: int, reason: str | None, seen: int | None) -> None:
    """間違えて入れた測定を取り消す（番号は bpr decide show の「測定」）。値と理由は記録に残る。"""
    workspace = Workspace.from_env()
    version = read_target_version(workspace, target_id, seen)
    workspace.withdraw_measurement(target_id, version, measurement_id, reason or "")
    click.echo(f"対象 {target_id} の測定 {measurement_id} を取り消しました。")


@click.command("effects", cls=JapaneseCommand)
def tell_effects() -> None:
    """手段ごとに、見込んだ時間と実現した時間を比べ、自庁の減る割合を出す。"""
    workspace = Workspace.from_env()
    effects = workspace.summarize_effects()
    if effects.is_empty():
        click.echo("実施済の対象がまだないので、効果はありません。")
    else:
        rows = [
            [
                label_of(row["lever"], terms.LEVERS) or "（手段なし）",
                label_of(row["evidence"], terms.EVIDENCES) or "測定なし",
                f"{row['targets']:,}",
                f"{row['measured']:,}",
                write_number(row["realized_hours"]),
                f"{row['compared']:,}",
                write_number(row["expected_hours"]),
                write_number(row["compared_hours"]),
                "" if row["ratio"] is None else f"{row['ratio']:.0%}",
            ]
            for row in effects.iter_rows(named=True)
        ]
        click.echo(table(_EFFECTS, rows, right=range(2, len(_EFFECTS))))
    rates = workspace.own_rates()
    if rates.is_empty():
        least = workspace.settings.kpi.feedback_least
        click.echo(
            f"自庁の減る割合は、まだ使っていません（手段ごとに、実績を測った業務が {least} 件になってから）。"
        )
        return
    click.echo("■ 自庁の減る割合（削減見込に使っています）")
    lines = [
        [
            terms.LEVERS[row["lever"]].label,
            f"{row['rate']:.1%}",
            f"{row['rate_low']:.1%}～{row['rate_high']:.1%}",
            row["evidence"],
        ]
        for row in rates.iter_rows(named=True)
    ]
    click.echo(table(_RATES, lines, right=(1, 2)))
