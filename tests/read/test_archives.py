"""Zips of returns: names are only labels, bombs stay shut, what is not read is told why."""

import io
import zipfile
from dataclasses import replace

import pytest

from bpr.pipeline import Workbook
from bpr.read.archives import explain_archive, is_archive, list_files, unpack
from bpr.read.parts import Parts
from tests.builder import SETTINGS, read, text_file, workbook
from tests.zips import LIMITS, encrypted_zip, raw_zip, zip_of

BOOK = workbook([["課", "業務名"], ["税務課", "賦課"]]).data


def taken(data: bytes) -> dict[str, bytes | None]:
    return {file.name: file.data for file in unpack(data, LIMITS)}


# --- what an archive is -------------------------------------------------------------------------


def test_workbooks_are_zips_but_no_archives() -> None:
    assert not is_archive(BOOK)
    assert not is_archive(zip_of({"mimetype": b"ods", "content.xml": b"<x/>"}))
    assert not is_archive(b"")
    assert not is_archive(b"PK\x03\x04 cut off")
    assert not is_archive(text_file([["課", "業務名"]]).data)
    assert is_archive(zip_of({"a.xlsx": BOOK}))
    assert is_archive(zip_of({}))


def test_a_stored_workbook_in_a_zip_does_not_make_it_a_workbook() -> None:
    assert is_archive(zip_of({"a.xlsx": BOOK}, compress=False))


def test_the_files_come_out_as_they_were() -> None:
    data = zip_of({"税務課.xlsx": BOOK, "写真.jpg": b"x", "一覧.CSV": b"a,b", "読んで.txt": b"x"})
    assert taken(data) == {"税務課.xlsx": BOOK, "一覧.CSV": b"a,b"}


# --- names --------------------------------------------------------------------------------------


def test_names_of_windows_are_cp932() -> None:
    """表 and ソ hold a backslash in CP932, which must not part the name."""
    names = ["税務課.xlsx", "表（ソ）.xlsx", "能登.xls"]
    assert list_files(raw_zip({name.encode("cp932"): b"x" for name in names})) == names


def test_names_of_macos_are_utf8_in_parts() -> None:
    parted = "プロジェクト課.xlsx".encode().replace("プ".encode(), "フ\u309a".encode())
    assert list_files(raw_zip({parted: b"x"})) == ["プロジェクト課.xlsx"]


def test_names_with_the_flag() -> None:
    assert list_files(zip_of({"髙﨑課①.xlsx": b"x"})) == ["髙﨑課①.xlsx"]


def test_names_in_no_encoding_are_kept_somehow() -> None:
    [name] = list_files(raw_zip({b"\xff\xfe\x80.xlsx": b"x"}))
    assert name.endswith(".xlsx")


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/税務課.xlsx", "..\\..\\税務課.xlsx", "/税務課.xlsx", "\\\\server\\share\\税務課.xlsx",
        "C:\\Users\\x\\税務課.xlsx", "C:税務課.xlsx", "./税務課.xlsx", "a//税務課.xlsx", "税務課\x07.xlsx",
    ],
)  # fmt: skip
def test_a_name_is_never_a_path(name: str) -> None:
    assert list_files(zip_of({name: b"x"})) == ["税務課.xlsx"]


def test_folders_tell_equal_names_apart() -> None:
    data = zip_of(
        {"回収/総務部/調査票.xlsx": b"1", "回収/福祉部/調査票.xlsx": b"2", "回収/税務課.xlsx": b"3"}
    )
    assert taken(data) == {
        "総務部/調査票.xlsx": b"1",
        "福祉部/調査票.xlsx": b"2",
        "税務課.xlsx": b"3",
    }


def test_folders_within_folders_too() -> None:
    data = zip_of({"a/x/調査票.xlsx": b"1", "b/x/調査票.xlsx": b"2"})
    assert list_files(data) == ["a/x/調査票.xlsx", "b/x/調査票.xlsx"]


def test_names_that_nothing_tells_apart_are_numbered() -> None:
    data = raw_zip({b"a.xlsx": b"1", b"../a.xlsx": b"2", b"A.xlsx": b"3"})
    assert list_files(data) == ["a.xlsx", "a (2).xlsx", "A.xlsx"]


def test_what_excel_and_macos_leave_behind_is_passed_over() -> None:
    data = zip_of(
        {"~$税務課.xlsx": b"x", "__MACOSX/._税務課.xlsx": b"x", "__MACOSX/税務課.xlsx": b"x", ".a.xlsx": b"x", "a.xlsx/": b""}
    )  # fmt: skip
    assert list_files(data) == []


# --- what is not opened -------------------------------------------------------------------------


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zip_of({f"{n}.csv": bytes(1_048_576) for n in range(5)})
    assert len(bomb) < 20_000
    assert set(taken(bomb).values()) == {None}
    assert explain_archive(Parts(bomb), LIMITS) == "zip-too-large"


def test_a_single_large_file_stays_in_and_the_others_come_out() -> None:
    data = zip_of({"large.csv": bytes(2_097_153), "small.csv": b"a,b"})
    assert taken(data) == {"large.csv": None, "small.csv": b"a,b"}
    assert explain_archive(Parts(data), LIMITS) == "zip-too-large"


def test_a_directory_that_lies_about_sizes_gains_nothing() -> None:
    """Python hands out no more than the directory promises, and then finds the sum wrong."""
    honest = zip_of({"a.csv": bytes(1_048_576)})
    lying = honest.replace((1_048_576).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert taken(lying) == {"a.csv": None}
    assert explain_archive(Parts(lying), LIMITS) == "zip-damaged"


def test_a_directory_without_end_is_not_listed() -> None:
    assert list_files(zip_of({"a.csv": b"x"}) + b"PK\x01\x02" * 20_001) == []


def test_an_encrypted_zip() -> None:
    data = encrypted_zip("税務課.xlsx")
    assert taken(data) == {"税務課.xlsx": None}
    assert explain_archive(Parts(data), LIMITS) == "zip-encrypted"


def test_a_damaged_file_stays_in_and_the_others_come_out() -> None:
    data = zip_of({"a.csv": b"first,file", "b.csv": b"second,file"}, compress=False)
    broken = data.replace(b"first", b"fXrst", 1)
    assert taken(broken) == {"a.csv": None, "b.csv": b"second,file"}
    assert explain_archive(Parts(broken), LIMITS) == "zip-damaged"


def test_a_zip_in_a_zip_comes_out_as_it_is() -> None:
    inner = zip_of({"a.csv": b"a,b"})
    assert taken(zip_of({"中.zip": inner})) == {"中.zip": inner}
    assert explain_archive(Parts(inner), LIMITS) == "zip-unopened"


def test_a_zip_of_other_things() -> None:
    assert explain_archive(Parts(zip_of({"a.pdf": b"x"})), LIMITS) == "zip-without-workbook"
    assert explain_archive(Parts(zip_of({})), LIMITS) == "zip-without-workbook"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zip_of({"a.csv": b"a,b"}), "zip-unopened"),
        (zip_of({"a.pdf": b"x"}), "zip-without-workbook"),
        (encrypted_zip("a.xlsx"), "zip-encrypted"),
        (zip_of({f"{n}.csv": bytes(1_048_576) for n in range(5)}), "zip-too-large"),
    ],
)
def test_an_archive_that_is_given_to_the_reader_is_refused_with_the_reason(
    data: bytes, code: str
) -> None:
    settings = replace(SETTINGS, survey=replace(SETTINGS.survey, limits=LIMITS))
    outcome = read(Workbook("回収.zip", data), settings=settings)
    assert outcome.survey.workbooks.select("status", "reason").row(0) == ("refused", code)
    assert outcome.diagnostics["severity"].to_list() == ["error"]


def test_an_empty_entry_is_an_empty_file() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.xlsx", b"")
    assert taken(data.getvalue()) == {"a.xlsx": b""}
