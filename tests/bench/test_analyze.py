"""The whole of `analyze` on 16,000 tasks against bare scikit-learn on the same texts."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

import bpr
from bpr.classify.features import gather_texts
from bpr.classify.labels import read_labels
from bpr.pipeline import run
from bpr.read.opening import Workbook
from bpr.settings import Settings

Compare = Callable[..., float]
RunApart = Callable[..., list[int]]

TASKS = 16_000
ROWS = 250
HEADER = [
    "課",
    "係",
    "業務名",
    "作業名",
    "職員区分",
    "年間件数",
    "年間作業時間",
    "処理媒体",
    "根拠法令",
]


def write_workbooks(sample: Path) -> list[Workbook]:
    """64 workbooks of 250 rows: the sample's tasks, five times over under distinct names."""
    tasks = bpr.analyze([sample]).tasks.select(
        "division", "unit", "task_name", "activity_name", "staff_category", "annual_count",
        "annual_hours", "legal_basis",
    )  # fmt: skip
    rows = tasks.rows()
    books = []
    for number in range(TASKS // ROWS):
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("調査票")
        sheet.append(HEADER)
        for position in range(ROWS):
            index = number * ROWS + position
            division, unit, name, activity, staff, count, hours, law = rows[index % len(rows)]
            again = f"（{index // len(rows) + 1}回目）" if index >= len(rows) else ""
            sheet.append(
                [
                    division,
                    unit,
                    f"{name}{again}",
                    activity,
                    staff,
                    count,
                    hours,
                    "紙（量多い）",
                    law,
                ]
            )
        buffer = io.BytesIO()
        book.save(buffer)
        books.append(Workbook(f"{number:02}.xlsx", buffer.getvalue()))
    return books


@pytest.fixture(scope="module")
def workbooks(sample_folder: Path) -> list[Workbook]:
    return write_workbooks(sample_folder)


def test_analyze_against_bare_model(compare: Compare, workbooks: list[Workbook]) -> None:
    settings = Settings.load()
    report = run(workbooks, settings)
    assert report.tasks.height == TASKS
    texts = gather_texts(report.tasks)["whole"].to_list()
    labels = read_labels()
    known = gather_texts(labels)["whole"].to_list()
    bare = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(2, 4), sublinear_tf=True),
        LogisticRegression(C=5.0, max_iter=1000),
    ).fit(known, labels["work_class"].to_list())
    compare(
        "analyze of 16,000 tasks / bare transform+predict of one text each",
        lambda: run(workbooks, settings),
        lambda: bare.predict_proba(texts),
        3.0,
    )


def test_analyze_memory(workbooks: list[Workbook], tmp_path: Path, run_apart: RunApart) -> None:
    for workbook in workbooks:
        (tmp_path / workbook.name).write_bytes(workbook.data)
    code = (
        "import sys; from pathlib import Path; import bpr;"
        "report = bpr.analyze([Path(sys.argv[1])]);"
        "status = Path('/proc/self/status').read_text();"
        "print(report.tasks.height, int(status.split('VmHWM:')[1].split()[0]) // 1024)"
    )
    count, peak = run_apart(code, str(tmp_path))
    assert count == TASKS
    print(f"peak memory of analyze, 16,000 tasks: {peak} MB (goal 500)")  # noqa: T201 - the result
