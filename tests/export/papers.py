"""Every paper of a workspace, by name: the workbooks, the report, the open data."""

import io
import zipfile
from collections.abc import Sequence

import openpyxl

from bpr.export.analysis import write_xlsx
from bpr.export.audit import write_audit_book
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, acting
from tests.dashboard.kpi_town import decide, enter_shares
from tests.workspace.two_years import open_two_years


def decide_town(workspace: Workspace) -> tuple[int, int]:
    """Two surveys of the town, with targets, measurements and KPI figures for the first."""
    before, after = open_two_years(workspace)
    with acting(LOCAL, "", before):
        decide(workspace)
        enter_shares(workspace, (2024, 40.0), (2025, 62.5))
    return before, after


def make_books(
    workspace: Workspace, tasks: Sequence[str], years: tuple[int, int]
) -> dict[str, bytes]:
    """Workbook by name."""
    numbers = workspace.list_targets()["target_id"].to_list()
    return {
        "targets": workspace.export_targets(numbers),
        "candidates": workspace.export_candidates(),
        "tables": workspace.export_tables(),
        "kpi": workspace.export_kpi(),
        "years": workspace.export_years(*years),
        "book": workspace.export_book(),
        "calculation": workspace.export_calculation(tasks),
        "exchange": workspace.export_exchange(48_000),
        "tasks": write_xlsx(workspace.report()),
        "audit": write_audit_book(workspace.read_audit()),
    }


def open_books(books: dict[str, bytes]) -> dict[str, openpyxl.Workbook]:
    """The workbooks with their formulas."""
    return {name: openpyxl.load_workbook(io.BytesIO(data)) for name, data in books.items()}


def read_csvs(data: bytes) -> dict[str, str]:
    """Texts of the files of the open data."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
