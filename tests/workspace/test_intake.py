"""Which file is whose: the same again, a newer one, another office's of the same name."""

from collections.abc import Callable, Iterator
from threading import Thread
from time import monotonic, sleep

import pytest

from bpr.errors import InputError
from bpr.pipeline import Workbook
from bpr.store import Job
from bpr.workspace import Workspace
from bpr.workspace.intake import clean_name
from tests.builder import Rows, workbook
from tests.zips import encrypted_zip, zip_of

Opener = Callable[[], Workspace]
NAME = "調査票.xlsx"


def book(division: str | None, *tasks: str | None, name: str = NAME) -> Workbook:
    rows: Rows = [["課", "業務名", "年間作業時間"], *([division, task, 10] for task in tasks)]
    return workbook(rows, name=name)


TAX, CITIZENS = book("税務課", "賦課"), book("市民課", "証明")


def kept(workspace: Workspace) -> dict[str, bytes]:
    return {upload.name: upload.data for upload in workspace.store.list_uploads()}


def outcomes(workspace: Workspace, *books: Workbook) -> list[tuple[str, str]]:
    return [(f.name, f.outcome) for f in workspace.receive_workbooks(books).files]


# --- the same again -----------------------------------------------------------------------------


def test_the_same_file_again_is_unchanged(workspace: Workspace) -> None:
    assert workspace.import_workbooks([TAX]) == [NAME]
    before = workspace.store.revision()
    assert workspace.import_workbooks([TAX]) == []
    assert outcomes(workspace, TAX) == [(NAME, "unchanged")]
    assert workspace.store.revision() == before


def test_a_newer_file_of_the_same_division_replaces(workspace: Workspace) -> None:
    newer = book("税 務 課", "賦課", "徴収")
    workspace.import_workbooks([TAX])
    assert outcomes(workspace, newer) == [(NAME, "replaced")]
    assert kept(workspace) == {NAME: newer.data}


def test_going_back_to_the_earlier_file_replaces_too(workspace: Workspace) -> None:
    workspace.import_workbooks([TAX, book("税務課", "徴収")])
    assert outcomes(workspace, TAX) == [(NAME, "replaced")]


@pytest.mark.parametrize("other", [book(None, "証明"), Workbook(NAME, b"")])
def test_a_file_whose_division_nobody_knows_replaces(workspace: Workspace, other: Workbook) -> None:
    workspace.import_workbooks([TAX])
    assert outcomes(workspace, other) == [(NAME, "replaced")]
    assert outcomes(workspace, CITIZENS) == [(NAME, "replaced")]
    assert kept(workspace) == {NAME: CITIZENS.data}


def test_a_folder_before_the_name_makes_no_other_file(workspace: Workspace) -> None:
    """What `find_workbooks` puts before a name depends on what else it was given."""
    workspace.import_workbooks([TAX, CITIZENS])
    deep = [Workbook(f"回収/朝/{NAME}", TAX.data), Workbook(f"回収/昼/{NAME}", CITIZENS.data)]
    assert outcomes(workspace, *deep) == [
        (NAME, "unchanged"),
        ("調査票（市民課）.xlsx", "unchanged"),
    ]


def test_equal_files_in_two_folders_are_two(workspace: Workspace) -> None:
    """Two offices that send the form back blank are both listed."""
    files = [Workbook("朝/調査票.xlsx", b""), Workbook("昼/調査票.xlsx", b"")]
    assert [outcome for _, outcome in outcomes(workspace, *files)] == ["new", "new"]
    assert [outcome for _, outcome in outcomes(workspace, *files)] == ["unchanged", "unchanged"]


def test_one_division_in_two_folders_loses_nothing(workspace: Workspace) -> None:
    """Two units of one division each send 「調査票.xlsx」."""
    files = [
        book("税務課", "賦課", name="市民税係/調査票.xlsx"),
        book("税務課", "徴収", name="資産税係/調査票.xlsx"),
    ]
    assert [outcome for _, outcome in outcomes(workspace, *files)] == ["new", "new"]


# --- another office's ---------------------------------------------------------------------------


def test_two_offices_with_one_file_name_in_two_calls(workspace: Workspace, reopen: Opener) -> None:
    workspace.import_workbooks([TAX])
    later = reopen()
    assert later.import_workbooks([CITIZENS]) == ["調査票（市民課）.xlsx"]
    assert kept(later) == {NAME: TAX.data, "調査票（市民課）.xlsx": CITIZENS.data}
    assert later.list_divisions() == ["税務課", "市民課"]
    assert outcomes(reopen(), TAX, CITIZENS) == [
        (NAME, "unchanged"),
        ("調査票（市民課）.xlsx", "unchanged"),
    ]


def test_two_offices_with_one_file_name_in_one_call(workspace: Workspace) -> None:
    assert workspace.import_workbooks([TAX, CITIZENS]) == [NAME, "調査票（市民課）.xlsx"]


def test_a_newer_file_finds_its_own(workspace: Workspace) -> None:
    workspace.import_workbooks([TAX, CITIZENS])
    newer = book("市民課", "証明", "戸籍")
    assert outcomes(workspace, newer) == [("調査票（市民課）.xlsx", "replaced")]
    assert kept(workspace) == {NAME: TAX.data, "調査票（市民課）.xlsx": newer.data}


def test_a_file_that_was_sent_back_under_our_name_finds_its_own(workspace: Workspace) -> None:
    workspace.import_workbooks([TAX, CITIZENS])
    named = book("市民課", "戸籍", name="調査票（市民課）.xlsx")
    assert outcomes(workspace, named) == [("調査票（市民課）.xlsx", "replaced")]
    assert outcomes(workspace, book("市民課", "住基")) == [("調査票（市民課）.xlsx", "replaced")]
    assert outcomes(workspace, book("福祉課", "給付")) == [("調査票（福祉課）.xlsx", "new")]


def test_a_name_that_is_taken_by_somebody_else_gets_a_number(workspace: Workspace) -> None:
    other = book("農政課", "調査", name="調査票（市民課）.xlsx")
    workspace.import_workbooks([TAX, other])
    assert outcomes(workspace, CITIZENS) == [("調査票（市民課）(2).xlsx", "new")]
    assert outcomes(workspace, CITIZENS) == [("調査票（市民課）(2).xlsx", "unchanged")]


def test_the_division_is_that_of_the_content_not_of_the_name(workspace: Workspace) -> None:
    first = book(None, "賦課", name="税務課.xlsx")
    second = book(None, "徴収", name="税務課.xlsx")
    workspace.import_workbooks([first])
    assert outcomes(workspace, second) == [("税務課.xlsx", "replaced")]


def test_several_divisions_in_one_file(workspace: Workspace) -> None:
    rows: Rows = [["課", "業務名"], ["福祉課", "給付"], ["農政課", "調査"]]
    workspace.import_workbooks([TAX])
    assert outcomes(workspace, workbook(rows, name=NAME)) == [("調査票（福祉課ほか）.xlsx", "new")]
    assert outcomes(workspace, book("農政課", "調査")) == [
        ("調査票（福祉課ほか）.xlsx", "replaced")
    ]


def test_the_department_before_a_division_does_not_matter(workspace: Workspace) -> None:
    workspace.import_workbooks([TAX])
    assert outcomes(workspace, book("総務部　税務課", "賦課")) == [(NAME, "replaced")]


# --- sent back with the findings mended ---------------------------------------------------------


def test_a_mended_workbook_replaces_the_one_it_was_made_of(workspace: Workspace) -> None:
    first = book("税務課", "賦課", None, name="税務課.xls")
    workspace.import_workbooks([first])
    name, _ = workspace.export_returned("税務課.xls")
    mended = book("税務課", "賦課", "徴収", name=name)
    assert outcomes(workspace, mended) == [("税務課.xls", "replaced")]
    assert kept(workspace) == {"税務課.xls": mended.data}
    both = [("税務課.xls", "older"), ("税務課.xls", "unchanged")]
    assert outcomes(workspace, first, mended) == both
    again = book("税務課", "賦課", "徴収", "証明", name=name)
    assert outcomes(workspace, again) == [("税務課.xls", "replaced")]


def test_a_mended_workbook_finds_its_office(workspace: Workspace) -> None:
    workspace.import_workbooks([TAX, CITIZENS])
    mended = book("市民課", "戸籍", name="調査票（市民課）_指摘あり.xlsx")
    assert outcomes(workspace, mended) == [("調査票（市民課）.xlsx", "replaced")]


def test_a_mended_workbook_out_of_a_folder(workspace: Workspace) -> None:
    sent = [
        book("甲課", None, name="甲部/調査票.xlsx"),
        book("乙課", None, name="乙部/調査票.xlsx"),
    ]
    workspace.import_workbooks(sent)
    back = [
        book("甲課", "賦課", name="甲部_調査票_指摘あり.xlsx"),
        book("乙課", "給付", name="調査票_指摘あり.xlsx"),
    ]
    assert outcomes(workspace, *back) == [
        ("甲部/調査票.xlsx", "replaced"),
        ("乙部/調査票.xlsx", "replaced"),
    ]


def test_mended_workbooks_that_are_collected_in_a_folder_of_their_own(
    workspace: Workspace,
) -> None:
    workspace.import_workbooks(
        [book(None, None, name="1回目/税務課.xlsx"), book(None, None, name="1回目/農政課.xlsx")]
    )
    back = book(None, "賦課", name="2回目/税務課_指摘あり.xlsx")
    assert outcomes(workspace, back) == [("1回目/税務課.xlsx", "replaced")]


def test_a_mended_workbook_that_may_be_of_two_offices_stays_by_itself(workspace: Workspace) -> None:
    sent = [
        book(None, "賦課", name="甲部/調査票.xlsx"),
        book(None, "給付", name="乙部/調査票.xlsx"),
    ]
    workspace.import_workbooks(sent)
    back = book(None, "徴収", name="調査票_指摘あり.xlsx")
    assert outcomes(workspace, back) == [("調査票_指摘あり.xlsx", "new")]


def test_a_marked_name_of_another_office_is_its_own(workspace: Workspace) -> None:
    workspace.import_workbooks([TAX])
    other = book("福祉課", "給付", name="調査票_指摘あり.xlsx")
    assert outcomes(workspace, other) == [("調査票_指摘あり（福祉課）.xlsx", "new")]


# --- bad files, interruptions, odd names --------------------------------------------------------


def test_a_bad_file_does_not_stop_the_rest_and_is_listed(workspace: Workspace) -> None:
    files = [
        TAX,
        Workbook("壊れた.xlsx", b"PK\x03\x04"),
        book("福祉課", "給付", name="福祉課.xlsx"),
    ]
    assert len(workspace.import_workbooks(files)) == 3
    found = dict(workspace.report().workbooks.select("name", "status").rows())
    assert found == {"壊れた.xlsx": "refused", NAME: "read", "福祉課.xlsx": "read"}


def test_an_interrupted_import_goes_on_where_it_stopped(
    workspace: Workspace, reopen: Opener
) -> None:
    books = [book("税務課", str(n), name=f"{n}.xlsx") for n in range(4)]

    def cut_off() -> Iterator[Workbook]:
        yield from books[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workspace.import_workbooks(cut_off())
    later = reopen()
    assert sorted(kept(later)) == ["0.xlsx", "1.xlsx"]
    assert later.import_workbooks(books) == ["2.xlsx", "3.xlsx"]


def test_progress_is_told_file_by_file(workspace: Workspace) -> None:
    seen: list[str] = []
    workspace.import_workbooks([TAX, TAX], seen.append)
    assert seen == [NAME, NAME]


def test_two_imports_at_once_lose_no_office(workspace: Workspace, reopen: Opener) -> None:
    offices = [[book(f"{side}{n}課", "賦課") for n in range(6)] for side in "甲乙"]
    spaces = [workspace, reopen()]
    threads = [
        Thread(target=space.import_workbooks, args=(books,))
        for space, books in zip(spaces, offices, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept(workspace)) == 12
    assert len(workspace.list_divisions()) == 12


def test_names_that_no_database_takes_are_mended(workspace: Workspace) -> None:
    odd = Workbook("税務\x00課\udcff\n.xlsx", TAX.data)
    assert workspace.import_workbooks([odd]) == ["税務課?.xlsx"]
    assert workspace.import_workbooks([odd]) == []
    assert len(clean_name("長" * 500 + ".xlsx")) == 200
    assert clean_name("長" * 500 + ".xlsx").endswith(".xlsx")
    assert clean_name("\n") == "名前なし"


# --- withdrawals --------------------------------------------------------------------------------


def test_a_withdrawn_workbook_is_out_of_the_report_until_it_is_restored(
    workspace: Workspace, reopen: Opener
) -> None:
    workspace.import_workbooks([TAX, CITIZENS])
    workspace.withdraw(NAME)
    assert workspace.list_withdrawn() == [NAME]
    assert workspace.list_divisions() == ["市民課"]
    later = reopen()
    assert later.list_withdrawn() == [NAME]
    later.restore(NAME)
    assert workspace.list_divisions() == ["税務課", "市民課"]
    assert workspace.list_withdrawn() == []


def test_the_same_file_again_does_not_undo_a_withdrawal(workspace: Workspace) -> None:
    workspace.import_workbooks([TAX])
    workspace.withdraw(NAME)
    assert outcomes(workspace, TAX) == [(NAME, "withdrawn")]
    assert workspace.list_divisions() == []
    assert outcomes(workspace, book("税務課", "徴収")) == [(NAME, "replaced")]
    assert workspace.list_divisions() == ["税務課"]


def test_only_what_is_there_can_be_withdrawn_or_restored(workspace: Workspace) -> None:
    with pytest.raises(InputError, match=r"「ない\.xlsx」は取り込まれていない"):
        workspace.withdraw("ない.xlsx")
    workspace.import_workbooks([TAX])
    with pytest.raises(InputError, match="外してありません"):
        workspace.restore(NAME)
    workspace.withdraw(NAME)
    with pytest.raises(InputError, match="もう外してあります"):
        workspace.withdraw(NAME)


# --- in the background --------------------------------------------------------------------------


def wait_for(workspace: Workspace, job_id: int) -> Job:
    end = monotonic() + 60
    while (job := workspace.job(job_id)).status in {"queued", "running"}:
        assert monotonic() < end
        sleep(0.02)
    return job


def test_files_and_zips_are_imported_in_the_background(workspace: Workspace) -> None:
    data = zip_of({"総務部/調査票.xlsx": TAX.data, "市民部/調査票.xlsx": CITIZENS.data})
    job_id = workspace.start_import([("回収.zip", data), ("福祉課.xlsx", b"")])
    job = wait_for(workspace, job_id)
    assert (job.kind, job.total, job.done, job.status) == ("import", 3, 3, "done")
    assert job.message == (
        "3 ファイルのうち 3 ファイルを取り込みました（新しい 3、差し替え 0、変わらない 0、読めない 1）。"
    )
    assert sorted(kept(workspace)) == ["市民部/調査票.xlsx", "福祉課.xlsx", "総務部/調査票.xlsx"]
    again = wait_for(workspace, workspace.start_import([("回収.zip", data)]))
    assert "変わらない 2" in again.message


def test_a_zip_that_cannot_be_opened_is_listed(workspace: Workspace) -> None:
    files = [("鍵.zip", encrypted_zip("税務課.xlsx")), (NAME, TAX.data)]
    job = wait_for(workspace, workspace.start_import(files))
    assert (job.status, job.done) == ("done", 2)
    refused = workspace.report().workbooks.filter(status="refused")
    assert refused.select("name", "reason").row(0) == ("鍵.zip", "zip-encrypted")


def test_a_path_in_a_name_is_dropped(workspace: Workspace) -> None:
    files = [("C:\\fakepath\\a.xlsx", TAX.data), ("../../b.xlsx", TAX.data)]
    wait_for(workspace, workspace.start_import(files))
    assert sorted(kept(workspace)) == ["a.xlsx", "b.xlsx"]


def test_nothing_to_import(workspace: Workspace) -> None:
    job = wait_for(workspace, workspace.start_import([]))
    assert (job.status, job.total) == ("done", 0)


def test_a_bug_ends_the_job_with_a_number(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    content = "山田太郎"

    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError(content)

    monkeypatch.setattr("bpr.workspace.office.run", break_down)
    job = wait_for(workspace, workspace.start_import([(NAME, TAX.data)]))
    assert (job.status, job.done) == ("failed", 1)
    assert "受付番号" in job.message
    assert content not in job.message + caplog.text
    assert NAME in kept(workspace)


def test_an_unknown_job(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="取込の番号 7 がありません"):
        workspace.job(7)
