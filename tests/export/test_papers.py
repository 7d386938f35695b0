"""Every paper together: Excel opens and computes it, it prints on A4, its numbers are the report's."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import openpyxl
import polars as pl
import pytest

from bpr.export.kpi_sheets import TABLE
from bpr.export.open_data import DATA
from bpr.export.report_numbers import write_hours, write_share
from bpr.export.tables import TABLES
from bpr.export.targets import TARGETS
from bpr.export.values import WORDS
from bpr.report import Report
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, acting
from tests.builder import Rows, text_file
from tests.export.papers import decide_town, make_books, open_books, read_csvs
from tests.export.recalculated import find_errors, needs_office, recalculate
from tests.export.test_report import Page, row_of

CLASSES: Final = ("core", "expert", "routine", "nonroutine", "total")


@dataclass(frozen=True)
class Papers:
    """All papers of a town, and the report that they were made from."""

    report: Report
    targets: pl.DataFrame
    realized: dict[int, float]
    kpi: dict[str, tuple[float | None, float | None]]
    changes: pl.DataFrame
    books: dict[str, bytes]
    html: str
    csvs: dict[str, str]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Papers]:
    workspace = Workspace.open(f"sqlite:///{tmp_path_factory.mktemp('papers')}/bpr.sqlite3")
    years = decide_town(workspace)
    with acting(LOCAL, "", years[0]):
        ids = workspace.report().tasks["task_id"].to_list()
        views = {name: workspace.read_kpi(name) for name in workspace.list_kpi()}
        last = {name: one.progress["actual"].drop_nulls() for name, one in views.items()}
        made = Papers(
            workspace.report(),
            workspace.list_targets(),
            {
                one.target.target_id: one.realized.hours
                for one in workspace.list_effects()
                if one.realized
            },
            {
                one.definition.label: (
                    one.definition.baseline,
                    last[name][-1] if len(last[name]) else None,
                )
                for name, one in views.items()
            },
            workspace.compare_editions(*years)[0],
            make_books(workspace, ids, years),
            workspace.export_report().decode(),
            read_csvs(workspace.export_open_data()),
        )
    yield made
    workspace.store.engine.dispose()


@pytest.fixture(scope="module")
def computed(
    papers: Papers, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, openpyxl.Workbook]:
    """The workbooks as LibreOffice computes them."""
    found = recalculate(tmp_path_factory.mktemp("office"), *papers.books.values())
    return dict(zip(papers.books, found, strict=True))


def rows(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def rows_by(sheet: Any, column: int = 0) -> dict[Any, list[Any]]:
    """The first row of every name."""
    return {row[column]: row for row in reversed(rows(sheet))}


def ratio(report: Report, column: str) -> list[float]:
    """Values of all staff by class, last the total."""
    table = report.tables.class_by_staff.filter(
        pl.col("scope") == "all", pl.col("staff_type").cast(pl.String) == "total"
    )
    by_class = dict(table.select(pl.col("work_class").cast(pl.String), column).iter_rows())
    return [by_class[name] for name in CLASSES]


def media_hours(report: Report) -> dict[str, list[float]]:
    """Hours by class of every medium that has some."""
    table = report.tables.medium_by_class.filter(pl.col("scope") == "all")
    found: dict[str, dict[str, float]] = {}
    for medium, name, hours in table.select("medium", "work_class", "hours").iter_rows():
        found.setdefault(str(medium), {})[str(name)] = hours
    return {m: [own[name] for name in CLASSES] for m, own in found.items() if own["total"]}


# --- Excel ---------------------------------------------------------------------------------------


def test_every_sheet_prints_on_a4(papers: Papers) -> None:
    for name, book in open_books(papers.books).items():
        for sheet in book.worksheets:
            place = f"{name}: {sheet.title}"
            setup = sheet.sheet_properties.pageSetUpPr
            assert int(sheet.page_setup.paperSize or 0) == 9, place
            assert sheet.page_setup.orientation == "landscape", place
            assert setup is not None, place
            pages = 2 if sheet.title == "BPR対象業務一覧" else 1
            assert (setup.fitToPage, sheet.page_setup.fitToWidth) == (True, pages), place
            assert bool(sheet.print_title_cols) is (pages == 2), place
            assert sheet.page_setup.fitToHeight == 0, place
            assert sheet.print_title_rows, place
            assert sheet.oddFooter is not None, place
            assert sheet.oddFooter.center.text == "&P / &N", place


def test_charts_are_native_and_read_their_own_cells(papers: Papers) -> None:
    books: dict[str, Any] = open_books(papers.books)
    drawn = {
        (name, sheet.title): sheet._charts
        for name, book in books.items()
        for sheet in book.worksheets
        if sheet._charts
    }
    wanted = {(name, title) for name in ("tables", "tasks", "book") for title in TABLES}
    assert set(drawn) == wanted | {("kpi", TABLE), ("book", TABLE)}
    for (name, title), charts in drawn.items():
        for chart in charts:
            for line in chart.series:
                sheet, area = line.val.numRef.f.replace("'", "").split("!")
                cells = [c for row in books[name][sheet][area] for c in row]
                assert cells, title
                assert all(c.data_type in "nf" for c in cells), (title, area)


@needs_office
def test_every_workbook_opens_and_computes(
    papers: Papers, computed: dict[str, openpyxl.Workbook]
) -> None:
    live = 0
    for name, book in open_books(papers.books).items():
        assert find_errors(computed[name]) == [], name
        assert computed[name].sheetnames == book.sheetnames, name
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    found = computed[name][sheet.title][cell.coordinate].value
                    if cell.data_type == "f":
                        live += 1
                    elif isinstance(cell.value, int | float):
                        assert found == pytest.approx(cell.value), (name, cell.coordinate)
                    elif isinstance(cell.value, str):
                        assert found == cell.value, (name, cell.coordinate)
    assert live > 300


# --- numbers -------------------------------------------------------------------------------------


@needs_office
@pytest.mark.parametrize("name", ["tables", "tasks", "book"])
def test_published_tables_compute_to_the_report(
    papers: Papers, computed: dict[str, openpyxl.Workbook], name: str
) -> None:
    report, book = papers.report, computed[name]
    labels = [WORDS["work_class"][one] for one in CLASSES]
    shares = rows_by(book[TABLES[0]])
    assert [shares[one][3] for one in labels] == pytest.approx(ratio(report, "share_ratio"))
    hours = {row[0]: row for row in rows(book[TABLES[0]])}
    assert [hours[one][4] for one in labels] == pytest.approx(ratio(report, "hours"))
    media = rows_by(book[TABLES[1]])
    for medium, values in media_hours(report).items():
        assert media[WORDS["medium"][medium]][1:6] == pytest.approx(values)
    ratios = report.tables.media_ratios.filter(pl.col("scope") == "all")
    for label, column in (("紙利用率", "paper_use_ratio"), ("電子利用率", "electronic_use_ratio")):
        known = dict(ratios.select(pl.col("work_class").cast(pl.String), column).iter_rows())
        assert media[label][1:6] == pytest.approx([known[one] for one in CLASSES])
    seals = rows_by(book[TABLES[2]])
    table = report.tables.seal_by_class.filter(pl.col("scope") == "all")
    for seal, label in (("approval_seal", "決裁等印鑑使用"), ("resident_seal", "住民印鑑使用")):
        own = table.filter(pl.col("seal") == seal).with_columns(
            pl.col("work_class").cast(pl.String)
        )
        for column, form in (("cases", "件"), ("ratio", "割合")):
            known = dict(own.select("work_class", column).iter_rows())
            found = seals[f"{label}（{form}）"][1:6]
            assert found == pytest.approx([known[one] for one in CLASSES])


@needs_office
def test_lists_compute_to_the_report(
    papers: Papers, computed: dict[str, openpyxl.Workbook]
) -> None:
    good = papers.report.tasks.drop_nulls("best_lever").sort("rank")
    for name, column in (("candidates", 20), ("book", 16)):
        sheet = computed[name]["BPR対象業務一覧" if name == "candidates" else "候補"]
        assert [r[column] for r in rows(sheet) if r[column] in set(good["task_id"])] == good[
            "task_id"
        ].to_list()
    total = rows_by(computed["candidates"].worksheets[0], 2)["合計"]
    assert total[6] == pytest.approx(good["annual_hours"].sum())
    assert total[10:13] == pytest.approx(
        [good[f"saving_hours{end}"].sum() for end in ("", "_low", "_high")]
    )
    sums = rows_by(computed["book"]["候補"], 4)["合計（見えている行）"]
    assert sums[11] == pytest.approx(good["saving_hours"].sum())
    tasks = rows(computed["book"]["業務一覧"])
    ranks = dict(zip(papers.report.tasks["task_id"], papers.report.tasks["rank"], strict=True))
    at = tasks[0].index("順位")
    assert {row[-1]: row[at] for row in tasks[1:]} == ranks


@needs_office
@pytest.mark.parametrize("name", ["targets", "book"])
def test_targets_compute_to_what_was_decided(
    papers: Papers, computed: dict[str, openpyxl.Workbook], name: str
) -> None:
    found = rows_by(computed[name][TARGETS])
    targets = papers.targets
    for row in targets.iter_rows(named=True):
        own = found[row["target_id"]]
        saved = papers.realized.get(row["target_id"])
        left = row["hours"] - (row["expected_hours"] if saved is None else saved)
        assert [own[9], own[10], own[11]] == pytest.approx(
            [row["hours"], left, row["expected_hours"]]
        )
        assert own[14] == (None if saved is None else pytest.approx(saved))
    total = rows_by(computed[name][TARGETS], 3)["合計"]
    assert total[9] == pytest.approx(targets["hours"].sum())
    assert total[14] == pytest.approx(sum(papers.realized.values()))


@needs_office
@pytest.mark.parametrize("name", ["kpi", "book"])
def test_kpi_compute_to_what_was_counted(
    papers: Papers, computed: dict[str, openpyxl.Workbook], name: str
) -> None:
    head, *table = [row for row in rows(computed[name][TABLE]) if row[1]]
    latest = head.index("いちばん\n新しい実績")
    told = {row[0]: (row[2], row[latest]) for row in table}
    assert len(told) == 4
    for label, (base, actual) in papers.kpi.items():
        assert told[label][0] == base
        assert (told[label][1] or None) == (actual or None)


@needs_office
def test_years_and_calculation_compute_to_the_report(
    papers: Papers, computed: dict[str, openpyxl.Workbook]
) -> None:
    total = rows_by(computed["years"]["前年度との比較"])["合計"]
    known = papers.changes
    assert total[3] == pytest.approx(known["before_hours"].sum(), rel=0.05)
    assert total[13] == 0  # the difference less its parts
    index = rows(computed["calculation"]["計算書"])
    tasks = {row["task_id"]: row for row in papers.report.tasks.iter_rows(named=True)}
    listed = [row for row in index if row[10] in tasks]
    assert len(listed) == len(tasks)
    for row in listed:
        if tasks[row[10]]["best_lever"] and tasks[row[10]]["saving_hours"] is not None:
            assert row[8] == pytest.approx(tasks[row[10]]["saving_hours"])


def test_the_html_tells_the_numbers_of_the_report(papers: Papers) -> None:
    page, report = Page(papers.html), papers.report
    for name, share in zip(CLASSES, ratio(report, "share_ratio"), strict=True):
        assert row_of(page, WORDS["work_class"][name])[3] == write_share(share)
    for medium, values in media_hours(report).items():
        own = next(r for r in page.rows if len(r) == 8 and r[0] == WORDS["medium"][medium])
        assert own[1:6] == [write_hours(value) for value in values]
    for row in papers.targets.iter_rows(named=True):
        own = next(r for r in page.rows if len(r) == 8 and r[0] == str(row["target_id"]))
        assert own[5].startswith(write_hours(row["expected_hours"]))
        saved = papers.realized.get(row["target_id"])
        assert own[6] == write_hours(saved)
    for task in report.tasks.drop_nulls("best_lever").iter_rows(named=True):
        name = f"{task['task_name']}／{task['activity_name']}"
        own = next(r for r in page.rows if len(r) == 7 and name in r[1])
        assert own[0].startswith(str(task["rank"]))
        assert own[5].startswith(write_hours(task["saving_hours"]))


def test_open_data_tell_the_hours_of_the_report(papers: Papers) -> None:
    [whole] = [row for row in csv.DictReader(io.StringIO(papers.csvs[DATA])) if row["集計段階コード"] == "all_0"]  # fmt: skip
    known = papers.report.tasks.drop_nulls("annual_hours")
    [count] = [value for key, value in whole.items() if key.startswith("業務数")]
    [hours] = [value for key, value in whole.items() if key.startswith("年間作業時間")]
    assert int(count) == known.height
    assert float(hours) == pytest.approx(known["annual_hours"].sum())


# --- hostile text --------------------------------------------------------------------------------

MARK: Final = "EVIL"
HOSTILE: Final = [
    f"<script>alert('{MARK}')</script>",
    f"=cmd|' /C calc'!A0{MARK}",
    f"+1{MARK}",
    f"-2+3{MARK}",
    f"@SUM(A1){MARK}",
    MARK + "長い名前" * 500,
    f"a\u202e{MARK}",
    f"確認😀{MARK}",
    f"前\x02{MARK}後\x1b末",
]


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A survey of such names, each decided on, with such words."""
    workspace = Workspace.open(f"sqlite:///{tmp_path_factory.mktemp('evil')}/bpr.sqlite3")
    head = [
        "団体名",
        "年度",
        "課",
        "業務名",
        "作業名",
        "職員区分",
        "年間件数",
        "年間作業時間",
        "処理媒体",
        "課題",
    ]
    told: Rows = [head] + [
        [HOSTILE[1], 2024, text, f"{text}業務", "申請書の入力", "正規職員", 3000, 900, "紙（量多い）", text]
        for text in HOSTILE
    ]  # fmt: skip
    workspace.import_workbooks([text_file(told)])
    tasks = workspace.report().tasks
    for task, text in tasks.select("task_id", "issues").iter_rows():
        short = str(text)[:300]
        values = {"policy": short, "current_state": short, "owner": short[:50], "means": [short[:50]]}  # fmt: skip
        [number] = workspace.create_targets([task], lever="rpa", values=values)
        workspace.move_target(number, workspace.read_target(number).target.version, "running")
        workspace.move_target(number, workspace.read_target(number).target.version, "done")
    workspace.enter_kpi("e_approval", 2024, "actual", 20.0, base=100.0, evidence="measured", note=HOSTILE[1])  # fmt: skip
    yield workspace
    workspace.store.engine.dispose()


def test_hostile_text_stays_text_in_every_workbook(evil: Workspace) -> None:
    number = evil.edition().id
    tasks = evil.report().tasks["task_id"].to_list()
    found = open_books(make_books(evil, tasks, (number, number)))
    seen = {}
    for name, book in found.items():
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        marked = [cell for cell in cells if MARK in str(cell.value)]
        assert not [c.coordinate for c in cells if c.data_type == "e"], name
        assert not [c.coordinate for c in marked if c.data_type != "s"], name
        assert not [c for c in marked if str(c.value)[0] in "=+-@" and not c.quotePrefix], name
        assert not [
            sheet.title for sheet in book.worksheets if re.search(r"[\[\]:*?/\\]", sheet.title)
        ]
        seen[name] = len(marked)
    assert {name for name, count in seen.items() if count < len(HOSTILE)} <= {"tables", "exchange"}
    assert seen["exchange"] == 0


def test_hostile_text_stays_text_in_html_and_csv(evil: Workspace) -> None:
    text = evil.export_report().decode()
    assert "<script" not in text
    assert MARK in text
    page = Page(text)
    assert not {"script", "img", "iframe"} & set(page.tags)
    for told in read_csvs(evil.export_open_data()).values():
        cells = [cell for row in csv.reader(io.StringIO(told)) for cell in row]
        assert not [cell for cell in cells if cell[:1] in {"=", "+", "@"}]
        assert not [
            cell for cell in cells if cell[:1] == "-" and not re.fullmatch(r"-[\d.]+", cell)
        ]


def test_files_are_called_what_every_system_takes(evil: Workspace) -> None:
    name = evil.name_paper("集計表")
    assert name.endswith("_令和6年度_集計表")
    assert not re.search(r'[\\/:*?"<>|\s\x00-\x1f\u202e]', name)
    assert len(name) < 100
