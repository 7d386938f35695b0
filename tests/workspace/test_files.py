"""Zips among the paths: they are like folders, whatever their names say."""

from pathlib import Path

import pytest

from bpr.errors import InputError
from bpr.pipeline import Workbook
from bpr.workspace import find_workbooks
from tests.builder import workbook
from tests.zips import LIMITS, encrypted_zip, raw_zip, zip_of

BOOK = workbook([["課", "業務名"], ["税務課", "賦課"]]).data


def names(*paths: Path) -> list[str]:
    return [book.name for book in find_workbooks(paths, LIMITS)]


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_zip_is_like_a_folder(tmp_path: Path) -> None:
    file = put(
        tmp_path / "回収.ZIP", raw_zip({"税務課.xlsx".encode("cp932"): b"1", b"b.csv": b"2"})
    )
    found = list(find_workbooks([file], LIMITS))
    assert found == [Workbook("税務課.xlsx", b"1"), Workbook("b.csv", b"2")]


def test_a_zip_in_a_folder_is_opened(tmp_path: Path) -> None:
    put(tmp_path / "a.xlsx", b"x")
    put(tmp_path / "下" / "回収.zip", zip_of({"総務部/税務課.xlsx": b"x", "写真.jpg": b"x"}))
    assert sorted(names(tmp_path)) == ["a.xlsx", "税務課.xlsx"]


def test_the_zip_tells_files_of_one_name_apart(tmp_path: Path) -> None:
    put(tmp_path / "一回目.zip", zip_of({"調査票.xlsx": b"1"}))
    put(tmp_path / "二回目.zip", zip_of({"調査票.xlsx": b"2"}))
    put(tmp_path / "調査票.xlsx", b"3")
    assert sorted(names(tmp_path)) == [
        f"{tmp_path.name}/調査票.xlsx",
        "一回目/調査票.xlsx",
        "二回目/調査票.xlsx",
    ]


def test_nothing_is_written_anywhere(tmp_path: Path) -> None:
    file = put(tmp_path / "in" / "a.zip", zip_of({"../../x.xlsx": b"1", "/etc/y.xlsx": b"2"}))
    assert names(file) == ["x.xlsx", "y.xlsx"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_a_workbook_that_is_called_zip_is_one(tmp_path: Path) -> None:
    assert names(put(tmp_path / "税務課.zip", BOOK)) == ["税務課.zip"]


@pytest.mark.parametrize(
    "data",
    [
        zip_of({}), zip_of({"a.pdf": b"x"}), encrypted_zip("a.xlsx"), b"PK\x03\x04 cut off", b"",
        zip_of({f"{n}.csv": bytes(1_048_576) for n in range(5)}),
    ],
)  # fmt: skip
def test_a_zip_that_cannot_be_opened_comes_as_it_is(tmp_path: Path, data: bytes) -> None:
    file = put(tmp_path / "回収.zip", data)
    assert list(find_workbooks([file], LIMITS)) == [Workbook("回収.zip", data)]


def test_what_can_be_taken_out_of_a_damaged_zip_is(tmp_path: Path) -> None:
    data = zip_of({"a.csv": b"first,file", "b.csv": b"second"}, compress=False)
    file = put(tmp_path / "回収.zip", data.replace(b"second", b"sXcond", 1))
    assert names(file) == ["a.csv", "回収.zip"]


def test_a_zip_in_a_zip_is_listed(tmp_path: Path) -> None:
    inner = zip_of({"b.xlsx": b"x"})
    file = put(tmp_path / "回収.zip", zip_of({"a.xlsx": b"1", "中.zip": inner}))
    assert list(find_workbooks([file], LIMITS)) == [
        Workbook("a.xlsx", b"1"),
        Workbook("中.zip", inner),
    ]


def test_the_products_own_limits_hold_where_none_are_given(tmp_path: Path) -> None:
    file = put(tmp_path / "a.zip", zip_of({"a.csv": bytes(3_000_000)}))
    assert [book.name for book in find_workbooks([file])] == ["a.csv"]


def test_an_empty_folder_tells_that_zips_are_looked_for_too(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.zip"):
        names(tmp_path)
