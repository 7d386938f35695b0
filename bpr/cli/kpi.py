"""`bpr kpi`: where the KPI stand, year by year, what is behind each figure, and where they go."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import click
import polars as pl

from bpr import deciding_terms, terms
from bpr.cli.japanese import JapaneseCommand, JapaneseGroup
from bpr.cli.output import shorten, table
from bpr.cli.words import find_key, label_of, write_number
from bpr.decide.years import fiscal_year, last_day
from bpr.errors import InputError
from bpr.frames import DataFrame, KpiUnits
from bpr.workspace import Workspace
from bpr.workspace.kpi_view import KpiView

_HEADER: Final = ("名前", "KPI", "単位", "現状値", "目標", "実績", "達成", "進捗")
_YEARS: Final = (
    "年度", "予定", "実績", "増分", "業務", "母数", "根拠", "達成", "進捗", "注",
)  # fmt: skip
_UNITS: Final = ("対象", "業務ID", "取組名", "課", "いつから", "時間/年", "測定の根拠")
_WIDTH: Final = 40
_FORMAT: Final = click.option(
    "--format",
    "kind",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="形式",
    help="出力の形式。text（既定）か json。",
)


@click.group(cls=JapaneseGroup, invoke_without_command=True, subcommand_metavar="[コマンド ...]")
@click.pass_context
def kpi(context: click.Context) -> None:
    """実績、進み具合、見通しを KPI ごとに出す（コマンドを書かなければ list）。"""
    if context.invoked_subcommand is None:
        context.invoke(list_kpi, kind="text")


@kpi.command("list", cls=JapaneseCommand)
@_FORMAT
def list_kpi(kind: str) -> None:
    """すべての KPI の今を出す。"""
    workspace = Workspace.from_env()
    year = fiscal_year(_today(workspace))
    views = [workspace.read_kpi(name) for name in workspace.list_kpi()]
    if kind == "json":
        click.echo(
            json.dumps([_summarize(view, year) for view in views], ensure_ascii=False, indent=2)
        )
        return
    click.echo(f"{year}年度")
    click.echo(table(_HEADER, [_line(view, year) for view in views], right=(3, 4, 5, 6)))
    click.echo("■ 見通し")
    for view in views:
        click.echo(f"{view.definition.label}：{_tell_forecast(view)}")


@kpi.command("show", cls=JapaneseCommand)
@click.argument("name", metavar="名前")
@click.option(
    "--year",
    type=int,
    metavar="西暦",
    help="この年度の数のもとになった業務を出す（今年度は今日まで）。",
)
@_FORMAT
def show_kpi(name: str, year: int | None, kind: str) -> None:
    """1 つの KPI を年度ごとに出す。"""
    workspace = Workspace.from_env()
    view = workspace.read_kpi(_find_kpi(workspace, name))
    years = view.progress["fiscal_year"].to_list()
    if year is not None and year not in years:
        msg = (
            f"年度「{year}」はありません。{years[0]} から {years[-1]} までの西暦を書いてください。"
        )
        raise InputError(msg)
    units = None if year is None else list_counted(view, year, workspace)
    if kind == "json":
        found = _summarize(view, fiscal_year(_today(workspace)))
        found["years"] = view.progress.to_dicts()
        if units is not None:
            found["units"] = _plain(units)
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    definition = view.definition
    click.echo(f"{definition.label}（{definition.unit}）")
    click.echo(f"出典：{definition.source}")
    rows = [_year(row) for row in view.progress.iter_rows(named=True)]
    click.echo(table(_YEARS, rows, right=(0, 1, 2, 3, 4, 5, 7)))
    click.echo(f"見通し：{_tell_forecast(view)}")
    if units is not None:
        click.echo(f"■ {year}年度に数えた業務（{units.height}）")
        if units.height:
            lines = [_unit(workspace, row) for row in units.iter_rows(named=True)]
            click.echo(table(_UNITS, lines, right=(0, 5)))


@kpi.command("enter", cls=JapaneseCommand)
@click.argument("name", metavar="名前")
@click.argument("year", type=int, metavar="西暦")
@click.argument("kind", metavar="種類")
@click.argument("value", type=float, metavar="値")
@click.option("--base", type=float, metavar="数", help="母数（割合のとき、何件のうちか）。")
@click.option(
    "--evidence",
    metavar="根拠",
    help="実績（measured）、見込み（expected）、アンケート（opinion）。",
)
@click.option("--note", metavar="文", help="覚え書き。")
def enter_kpi(
    name: str,
    year: int,
    kind: str,
    value: float,
    base: float | None,
    evidence: str | None,
    note: str | None,
) -> None:
    """年度の目標値（target）か、手で入れる KPI の実績値（actual）を入れる。"""
    workspace = Workspace.from_env()
    key = _find_kpi(workspace, name)
    kept = find_key(kind, deciding_terms.KPI_VALUE_KINDS, "種類")
    known = find_key(evidence, terms.EVIDENCES, "根拠") if evidence else None
    workspace.enter_kpi(key, year, kept, value, base=base, evidence=known, note=note)
    definition = workspace.settings.kpi.definition(key)
    label = deciding_terms.KPI_VALUE_KINDS[kept].label
    click.echo(
        f"「{definition.label}」の {year}年度の{label}を {value:g} {definition.unit}にしました。"
    )


def list_counted(view: KpiView, year: int, workspace: Workspace) -> DataFrame[KpiUnits]:
    """Units behind a year's figure: those that stand at its end (of the running year: today)."""
    day = min(last_day(year), _today(workspace))
    start = last_day(view.definition.baseline_year)
    known = view.units.filter(_stands_on(start))["unit_key"].implode()
    return KpiUnits.validate(view.units.filter(_stands_on(day), ~pl.col("unit_key").is_in(known)))


def _stands_on(day: date) -> pl.Expr:
    return (pl.col("counted_on") <= day) & (pl.col("until").is_null() | (pl.col("until") > day))


def _today(workspace: Workspace) -> date:
    return workspace.clock().astimezone().date()


def _find_kpi(workspace: Workspace, word: str) -> str:
    known = workspace.settings.kpi.kpi
    return find_key(word, {name: terms.Term(one.label) for name, one in known.items()}, "KPI")


def _now(view: KpiView, year: int) -> Mapping[str, Any]:
    return view.progress.row(by_predicate=pl.col("fiscal_year") == year, named=True)


def _line(view: KpiView, year: int) -> list[str]:
    definition, now = view.definition, _now(view, year)
    goal = "" if definition.target is None else f"{definition.target:g}（{definition.target_year}）"
    return [
        view.name,
        definition.label,
        definition.unit,
        f"{definition.baseline:g}（{definition.baseline_year}）",
        goal,
        _write(now["actual"]) or "不明",
        _percent(now["achieved_ratio"]),
        _grade(now),
    ]


def _year(row: Mapping[str, Any]) -> list[str]:
    return [
        str(row["fiscal_year"]),
        _write(row["expected"]),
        _write(row["actual"]),
        "" if row["added"] is None else f"{row['added']:+,.6g}",
        _write(row["units"]),
        _write(row["base"]),
        label_of(row["evidence"], terms.EVIDENCES),
        _percent(row["achieved_ratio"]),
        _grade(row),
        row["remark"] or "",
    ]


def _unit(workspace: Workspace, row: Mapping[str, Any]) -> list[str]:
    measured = workspace.read_target(row["target_id"]).measurements
    latest = {one.figure: one.evidence for one in measured}.values()
    kinds = [term.label for key, term in terms.EVIDENCES.items() if key in latest]
    return [
        str(row["target_id"]),
        row["unit_key"] if row["task_id"] else "",
        shorten(row["label"], _WIDTH),
        row["division"] or "",
        row["counted_on"].isoformat(),
        write_number(row["hours"]),
        "・".join(kinds) or "測定なし",
    ]


def _summarize(view: KpiView, year: int) -> dict[str, Any]:
    """One KPI as JSON: its definition, this year's figures, its forecast."""
    definition, forecast = view.definition, view.forecast
    told = (
        "label",
        "unit",
        "source",
        "measure",
        "baseline",
        "baseline_year",
        "target",
        "target_year",
    )
    ends = ("fiscal_year", "low", "point", "high", "method", "sentence")
    return {
        "name": view.name,
        **{name: getattr(definition, name) for name in told},
        "now": _now(view, year),
        "forecast": {name: getattr(forecast, name) for name in ends},
    }


def _plain(units: pl.DataFrame) -> list[dict[str, Any]]:
    return units.with_columns(pl.col("counted_on", "until").cast(pl.String)).to_dicts()


def _tell_forecast(view: KpiView) -> str:
    one = view.forecast
    if one.point is None:
        return one.sentence
    unit = view.definition.unit
    ends = f"{_write(one.low)}～{_write(one.high)} {unit}"
    return f"{one.fiscal_year}年度に {_write(one.point)} {unit}（{ends}）。{one.sentence}"


def _grade(row: Mapping[str, Any]) -> str:
    return f"{row['grade']} {row['grade_label']}" if row["grade"] else ""


def _percent(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.0%}"


def _write(value: float | None) -> str:
    return "" if value is None else f"{value:,.6g}"
