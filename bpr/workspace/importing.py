"""An import in the background, which tells how far it has come and can be begun again."""

from collections.abc import Callable, Iterable
from typing import Final

from bpr.pipeline import Workbook
from bpr.report import Report
from bpr.workspace.intake import Intake, Received
from bpr.workspace.working import Tell

IMPORT: Final = "import"
"""Kind of the job."""


def run_import(
    workbooks: Iterable[Workbook],
    total: int,
    receive: Callable[[Workbook], Received],
    read: Callable[[Callable[[str], None]], Report],
    tell: Tell,
) -> str:
    """Keep files, each at once, then read all that counts; return how it went in a sentence.

    Begun again after a break, it finds the files that it kept as unchanged.
    """
    received = []
    for workbook in workbooks:
        tell(message=workbook.name)
        received.append(receive(workbook))
        tell(done=len(received))
    last = max(total, len(received))
    tell(total=last, done=last, message="読み取っています。")
    report = read(lambda name: tell(message=f"読み取っています：{name}"))
    return describe_intake(Intake(tuple(received)), report)


def describe_intake(intake: Intake, report: Report) -> str:
    """One sentence: how many files were new, replaced, unchanged, refused."""
    refused = refused_names(intake, report)
    parts = [
        f"新しい {len(intake.names('new'))}",
        f"差し替え {len(intake.names('replaced'))}",
        f"変わらない {len(intake.names('unchanged')) + len(intake.names('older'))}",
    ]
    if withdrawn := intake.names("withdrawn"):
        parts.append(f"取込から外してある {len(withdrawn)}")
    if refused:
        parts.append(f"読めない {len(refused)}")
    return f"{len(intake.files)} ファイルのうち {len(intake.changed)} ファイルを取り込みました（{'、'.join(parts)}）。"


def refused_names(intake: Intake, report: Report) -> list[str]:
    """Names of the files that were kept but cannot be read."""
    refused = set(report.workbooks.filter(status="refused")["name"].to_list())
    return [received.name for received in intake.files if received.name in refused]
