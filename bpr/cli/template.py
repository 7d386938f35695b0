"""`bpr template`: one blank form (調査票) for every division."""

import io
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import click
import polars as pl

from bpr.cli.analyze import SETTINGS
from bpr.cli.japanese import JapaneseCommand
from bpr.cli.offices import offices_of, read_date, read_office_list
from bpr.cli.output import progress, summarize, write_result
from bpr.cli.request import run_paths
from bpr.errors import InputError
from bpr.export.template import ANSWERS, Office, template_name, write_template
from bpr.settings import Settings
from bpr.settings.standard import find_standard_tasks
from bpr.text import squeeze

_APRIL: Final = 4
_SHOWN: Final = 3
_FILE = click.Path(path_type=Path)


@dataclass(frozen=True)
class _Form:
    """One form to write; `origin` says where its rows come from."""

    office: Office
    tasks: pl.DataFrame
    origin: str


@click.command(cls=JapaneseCommand)
@click.argument("out", type=_FILE, metavar="保存先")
@click.option(
    "--division",
    "divisions",
    multiple=True,
    metavar="課",
    help="調査票を作る課の名前。何度でも使える。",
)
@click.option(
    "--list",
    "office_list",
    type=_FILE,
    metavar="一覧",
    help="課の一覧（.xlsx か .csv）。「課」の列と、あれば「部」「正規職員数」「非正規職員数」「提出期限」の列を読む。",
)
@click.option(
    "--from",
    "sources",
    multiple=True,
    type=_FILE,
    metavar="PATH",
    help="前の年に戻った調査票（ファイルかフォルダ）。業務名などを入れておく。何度でも使える。",
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
@click.option("--due", metavar="日付", help="提出期限（例 --due 2027-06-30）。一覧の期限が優先。")
@click.option("--force", is_flag=True, help="同じ名前のファイルがあれば上書きする。")
@SETTINGS
def template(
    out: Path,
    divisions: tuple[str, ...],
    office_list: Path | None,
    sources: tuple[Path, ...],
    standard: bool,
    keep_answers: bool,
    year: int | None,
    municipality: str | None,
    due: str | None,
    force: bool,
    folder: Path | None,
) -> None:
    """課ごとの調査票（記入用の Excel）を作る。

    保存先はフォルダか .zip。課は --division、--list、--from のどれかで決めます。
    """
    if not (divisions or office_list or sources):
        raise InputError(
            "どの課の調査票を作るか指定してください（--division 税務課、--list 課一覧.xlsx、--from 前の年のフォルダ）。"
        )
    settings = Settings.load(folder)
    plain = Office("", None, municipality, year or _this_year(), None, None, _read_due(due))
    offices = read_office_list(office_list, settings.survey, plain) if office_list else []
    offices += [replace(plain, division=_require_name(name)) for name in divisions]
    _require_distinct(offices)
    tasks = _last_years_tasks(sources, folder) if sources else pl.DataFrame()
    if sources:
        town = municipality or _first_mode(tasks["municipality"])
        known = {squeeze(o.division): o for o in offices_of(tasks, plain)}
        offices = [_complete(office, known) for office in offices or known.values()]
        offices = [replace(office, municipality=town) for office in offices]
        _require_distinct(offices)
    if not keep_answers:
        tasks = tasks.drop(ANSWERS, strict=False)
    forms = [_plan(office, tasks, folder, standard=standard) for office in offices]
    _save(out, forms, settings, force=force)
    _tell(out, forms, tasks)


def _this_year() -> int:
    today = date.today()  # noqa: DTZ011 - the office's own calendar
    return today.year if today.month >= _APRIL else today.year - 1


def _read_due(text: str | None) -> date | None:
    found = read_date(text) if text else None
    if text and found is None:
        msg = f"--due「{text}」は日付として読めません。--due 2027-06-30 のように書いてください。"
        raise InputError(msg)
    return found


def _require_name(name: str) -> str:
    if not name.strip():
        raise InputError(
            "--division の課の名前が空です。--division 税務課 のように書いてください。"
        )
    return name.strip()


def _require_distinct(offices: Sequence[Office]) -> None:
    """Two divisions of one name would land in one file, and be read as one division."""
    counts = Counter(squeeze(template_name(office)) for office in offices)
    for office in offices:
        if counts[squeeze(template_name(office))] > 1:
            msg = f"課「{office.division}」が 2 回あります。同じ名前の課が 2 つあるときは、「消防本部総務課」のように名前で区別してください。"
            raise InputError(msg)


def _last_years_tasks(sources: Sequence[Path], folder: Path | None) -> pl.DataFrame:
    report = run_paths("読み取り", sources, (), None, None, folder)
    click.echo(f"前の年の調査票：{summarize(report)}", err=True)
    if not report.tasks["division"].drop_nulls().len():
        raise InputError(
            "前の年の調査票から、課の分かる業務が読めませんでした。bpr check で確かめてください。"
        )
    return report.tasks


def _first_mode(texts: pl.Series) -> str | None:
    common = texts.drop_nulls().mode().sort()
    return str(common[0]) if len(common) else None


def _complete(office: Office, known: Mapping[str, Office]) -> Office:
    """Take the department from last year where nobody says it now."""
    last = known.get(squeeze(office.division), office)
    return replace(office, department=office.department or last.department)


def _plan(office: Office, tasks: pl.DataFrame, folder: Path | None, *, standard: bool) -> _Form:
    """Choose the rows: last year's of the division, else standard ones if wanted, else none."""
    names = tasks["division"].unique().drop_nulls().to_list() if tasks.height else []
    same = [name for name in names if squeeze(name) == squeeze(office.division)]
    if same:
        return _Form(office, tasks.filter(pl.col("division").is_in(same)), "前の年の業務")
    found = find_standard_tasks(office.division, folder) if standard else pl.DataFrame()
    return _Form(office, found, "標準の業務" if found.height else "白紙")


def _save(out: Path, forms: Sequence[_Form], settings: Settings, *, force: bool) -> None:
    """Write all forms, or none where a file is there already."""
    is_zip = out.suffix.lower() == ".zip"
    names = [template_name(form.office) for form in forms]
    if out.exists() and out.is_dir() == is_zip:
        what = "フォルダ" if is_zip else "ファイル"
        msg = f"「{out}」という{what}がもうあります。別の保存先を指定してください。"
        raise InputError(msg)
    paths = [out] if is_zip else [out / name for name in names]
    there = [path.name for path in paths if path.exists()]
    if there and not force:
        listed = "、".join(there[:_SHOWN]) + (
            f" ほか {len(there) - _SHOWN} 冊" if len(there) > _SHOWN else ""
        )
        msg = f"「{out}」に同じ名前のファイルがもうあるので、何も書きませんでした（{listed}）。別の保存先を指定するか、上書きしてよければ --force を付けてください。"
        raise InputError(msg)
    with progress("作成", len(forms)) as step:
        books = {}
        for name, form in zip(names, forms, strict=True):
            books[name] = write_template(form.office, form.tasks, settings.survey)
            step(name)
    if is_zip:
        write_result(_zip(books), out, binary=True)
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"フォルダ「{out}」を作れません。場所と書き込む権限を確かめてください。"
        raise InputError(msg) from error
    for name, data in books.items():
        write_result(data, out / name, binary=True)


def _zip(books: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, book in books.items():
            archive.writestr(name, book)
    return data.getvalue()


def _tell(out: Path, forms: Sequence[_Form], tasks: pl.DataFrame) -> None:
    """Say what was written, which forms are blank, and whose tasks of last year were not used."""
    counts = Counter(form.origin for form in forms)
    kinds = "、".join(f"{origin} {number} 冊" for origin, number in counts.items())
    click.echo(f"「{out}」に調査票を {len(forms)} 冊作りました（{kinds}）。", err=True)
    blank = [form.office.division for form in forms if form.origin == "白紙"]
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
