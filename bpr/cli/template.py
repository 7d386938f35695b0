"""`bpr template`: one blank form (調査票) for every division."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import click
import polars as pl

from bpr.cli.analyze import SETTINGS
from bpr.cli.japanese import JapaneseCommand
from bpr.cli.offices import DUE, OFFICE_LIST, read_due, read_list
from bpr.cli.output import make_folder, progress, summarize, write_result
from bpr.cli.request import run_paths
from bpr.errors import InputError
from bpr.export.archive import write_zip
from bpr.export.template import (
    ANSWERS,
    BLANK,
    Office,
    PlannedForm,
    add_departments,
    offices_of,
    plan_forms,
    require_distinct,
    write_forms,
)
from bpr.settings import Settings
from bpr.text import squeeze
from bpr.workspace import Workspace, fiscal_year
from bpr.workspace.acting import LOCAL, acting

_SHOWN: Final = 3
_FILE = click.Path(path_type=Path)


@click.command(cls=JapaneseCommand)
@click.argument("out", type=_FILE, metavar="保存先")
@click.option(
    "--division",
    "divisions",
    multiple=True,
    metavar="課",
    help="調査票を作る課の名前。何度でも使える。",
)
@OFFICE_LIST
@click.option(
    "--from",
    "sources",
    multiple=True,
    type=_FILE,
    metavar="PATH",
    help="前の年に戻った調査票（ファイルかフォルダ）。業務名などを入れておく。何度でも使える。",
)
@click.option(
    "--edition",
    type=click.IntRange(1),
    metavar="番号",
    help="--from の代わりに、データベースにある調査（bpr edition list の番号）を前の年とする。",
)
@click.option(
    "--standard", is_flag=True, help="前の年の業務がない課に、課の種類に合う標準の業務を入れる。"
)
@click.option(
    "--keep-answers",
    is_flag=True,
    help="処理媒体・印鑑・性質も前の年の答えを入れておく（件数と時間はいつも空欄）。",
)
@click.option(
    "--year",
    type=click.IntRange(2019, 2100),
    metavar="西暦",
    help="調査年度（4 月の属する西暦）。なければ今年度。",
)
@click.option("--municipality", metavar="名前", help="団体名。なければ前の年の調査票のもの。")
@DUE
@click.option("--force", is_flag=True, help="同じ名前のファイルがあれば上書きする。")
@SETTINGS
def template(
    out: Path,
    divisions: tuple[str, ...],
    office_list: Path | None,
    sources: tuple[Path, ...],
    edition: int | None,
    standard: bool,
    keep_answers: bool,
    year: int | None,
    municipality: str | None,
    due: str | None,
    force: bool,
    folder: Path | None,
) -> None:
    """課ごとの調査票（記入用の Excel）を作る。

    保存先はフォルダか .zip。課は --division、--list、--from、--edition のどれかで決めます。
    """
    has_past = bool(sources) or edition is not None
    if not (divisions or office_list or has_past):
        raise InputError(
            "どの課の調査票を作るか指定してください（--division 税務課、--list 課一覧.xlsx、--from 前の年のフォルダ）。"
        )
    if sources and edition is not None:
        raise InputError("--from と --edition は、どちらか 1 つにしてください。")
    settings = Settings.load(folder)
    plain = Office("", None, municipality, year or fiscal_year(_today()), None, None, read_due(due))
    offices = read_list(office_list, settings.survey, plain) if office_list else []
    offices += [replace(plain, division=_require_name(name)) for name in divisions]
    require_distinct(offices)
    tasks = _last_years_tasks(sources, edition, folder) if has_past else pl.DataFrame()
    if has_past:
        town = municipality or _first_mode(tasks["municipality"])
        known = offices_of(tasks, plain)
        offices = add_departments(offices, known) if offices else known
        offices = [replace(office, municipality=town) for office in offices]
        require_distinct(offices)
    if not keep_answers:
        tasks = tasks.drop(ANSWERS, strict=False)
    forms = plan_forms(offices, tasks, folder, standard=standard)
    _save(out, forms, settings, force=force)
    _tell(out, forms, tasks)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the office's own calendar


def _require_name(name: str) -> str:
    if not name.strip():
        raise InputError(
            "--division の課の名前が空です。--division 税務課 のように書いてください。"
        )
    return name.strip()


def _last_years_tasks(
    sources: Sequence[Path], edition: int | None, folder: Path | None
) -> pl.DataFrame:
    if edition is None:
        report = run_paths("読み取り", sources, (), None, None, folder)
    else:
        with acting(LOCAL, "", edition):
            report = Workspace.from_env().report()
    click.echo(f"前の年の調査票：{summarize(report)}", err=True)
    if not report.tasks["division"].drop_nulls().len():
        raise InputError(
            "前の年の調査票から、課の分かる業務が読めませんでした。bpr check で確かめてください。"
        )
    return report.tasks


def _first_mode(texts: pl.Series) -> str | None:
    common = texts.drop_nulls().mode().sort()
    return str(common[0]) if len(common) else None


def _save(out: Path, forms: Sequence[PlannedForm], settings: Settings, *, force: bool) -> None:
    """Write all forms, or none where a file is there already."""
    is_zip = out.suffix.lower() == ".zip"
    if out.exists() and out.is_dir() == is_zip:
        what = "フォルダ" if is_zip else "ファイル"
        msg = f"「{out}」という{what}がもうあります。別の保存先を指定してください。"
        raise InputError(msg)
    paths = [out] if is_zip else [out / form.name for form in forms]
    there = [path.name for path in paths if path.exists()]
    if there and not force:
        listed = "、".join(there[:_SHOWN]) + (
            f" ほか {len(there) - _SHOWN} 冊" if len(there) > _SHOWN else ""
        )
        msg = f"「{out}」に同じ名前のファイルがもうあるので、何も書きませんでした（{listed}）。別の保存先を指定するか、上書きしてよければ --force を付けてください。"
        raise InputError(msg)
    with progress("作成", len(forms)) as step:
        books = write_forms(forms, settings.survey, step)
    if is_zip:
        write_result(write_zip(books), out, binary=True)
        return
    make_folder(out)
    for name, data in books.items():
        write_result(data, out / name, binary=True)


def _tell(out: Path, forms: Sequence[PlannedForm], tasks: pl.DataFrame) -> None:
    """Say what was written, which forms are blank, and whose tasks of last year were not used."""
    counts = Counter(form.origin for form in forms)
    kinds = "、".join(f"{origin} {number} 冊" for origin, number in counts.items())
    click.echo(f"「{out}」に調査票を {len(forms)} 冊作りました（{kinds}）。", err=True)
    blank = [form.office.division for form in forms if form.origin == BLANK]
    if blank and len(blank) < len(forms):
        click.echo(f"業務を入れていない課：{'、'.join(blank)}", err=True)
    if tasks.height:
        asked = {squeeze(form.office.division) for form in forms}
        names = tasks["division"].unique(maintain_order=True).drop_nulls().to_list()
        gone = [name for name in names if squeeze(name) not in asked]
        if gone:
            click.echo(f"前の年にあって、今回は作らなかった課：{'、'.join(gone)}", err=True)
        if lost := tasks["division"].null_count():
            click.echo(f"課の分からない前の年の業務 {lost:,} 件は入れませんでした。", err=True)
