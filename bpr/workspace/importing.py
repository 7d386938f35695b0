"""An import in the background, which tells how far it has come."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bpr.errors import BprError
from bpr.log import record_incident
from bpr.pipeline import Workbook
from bpr.report import Report
from bpr.settings.survey import Limits
from bpr.store import Job, Store
from bpr.workspace.files import count_files, expand_files
from bpr.workspace.intake import Intake, Received

KIND = "import"


class ImportJob:
    """One import: files in, each kept at once, then one reading of all that counts."""

    def __init__(self, store: Store, clock: Callable[[], datetime], limits: Limits) -> None:
        self.store = store
        self.clock = clock
        self.limits = limits
        self.job = Job(0, KIND, 0, 0, "running", "")

    def start(self, files: Sequence[tuple[str, bytes]]) -> int:
        """Open the job; return its id."""
        total = count_files(files)
        job_id = self.store.start_job(KIND, total, self.clock())
        self.job = replace(self.job, id=job_id, total=total)
        return job_id

    def run(
        self,
        files: Sequence[tuple[str, bytes]],
        receive: Callable[[Workbook], Received],
        read: Callable[[Callable[[str], None]], Report],
    ) -> None:
        """Keep the files and read them; whatever happens, the job ends and says how."""
        try:
            received = []
            for workbook in expand_files(files, self.limits):
                self._tell(message=workbook.name)
                received.append(receive(workbook))
                self._tell(done=len(received))
            total = max(self.job.total, len(received))
            self._tell(total=total, done=total, message="読み取っています。")
            report = read(lambda name: self._tell(message=f"読み取っています：{name}"))
            self._tell(status="done", message=describe_intake(Intake(tuple(received)), report))
        except BprError as error:
            self._tell(status="failed", message=str(error))
        except Exception as error:  # noqa: BLE001 - the end of a thread: the user sees a number
            number = record_incident(error)
            msg = f"思わぬ不具合が起きました（受付番号 {number}）。もう一度取り込むと、続きから始めます。"
            self._tell(status="failed", message=msg)

    def _tell(self, **changes: str | int) -> None:
        self.job = replace(self.job, **changes)  # type: ignore[arg-type] # the fields' own types
        self.store.update_job(self.job, self.clock())


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
