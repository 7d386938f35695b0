"""What comes in: workbooks, kept at once or by a job, and long work that goes on in the background."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bpr.errors import InputError
from bpr.pipeline import Workbook
from bpr.store import Job
from bpr.terms import CERTAINTIES
from bpr.workspace.acting import Person, acting
from bpr.workspace.files import count_files, expand_files
from bpr.workspace.importing import IMPORT, run_import
from bpr.workspace.intake import Desk, Intake
from bpr.workspace.opinion import Opinion
from bpr.workspace.rights import Right, needs
from bpr.workspace.sampling import SAMPLE, write_sample
from bpr.workspace.scoring import ScoreCases
from bpr.workspace.working import Tell, Worker


class IntakeCases(ScoreCases):
    """The workspace's use cases about what comes in, and its jobs; `Workspace` inherits them."""

    _working: Worker | None = None

    @needs(Right.COLLECT)
    def import_workbooks(
        self, workbooks: Iterable[Workbook], progress: Callable[[str], None] = lambda _: None
    ) -> list[str]:
        """Keep returned workbooks; return the names that were new or changed."""
        return self.receive_workbooks(workbooks, progress).changed

    @needs(Right.COLLECT)
    def receive_workbooks(
        self, workbooks: Iterable[Workbook], progress: Callable[[str], None] = lambda _: None
    ) -> Intake:
        """Keep returned workbooks, each at once, and tell what became of every one."""
        desk, received = self._intake(), []
        for workbook in workbooks:
            received.append(desk.receive(workbook))
            progress(workbook.name)
        return Intake(tuple(received))

    @needs(Right.COLLECT)
    def start_import(self, files: Sequence[tuple[str, bytes]]) -> int:
        """Import files of (name, bytes), zips too, in the background; return the job's id."""
        number = self._here.queue_job(IMPORT, count_files(files), {}, files, self._act())
        self._worker().wake()
        return number

    @needs(Right.READ)
    def start_sampling(self, opinion: Opinion | None = None) -> int:
        """Read, classify, score and sample all of it in the background; return the job's id."""
        request = self._sample_request(opinion or Opinion())
        known = self._here.find_job(SAMPLE, request, self.clock())
        if known is not None and known.status != "failed":
            return known.id
        number = self._here.queue_job(SAMPLE, 1, request, (), self._act())
        self._worker().wake()
        return number

    @needs(Right.READ)
    def job(self, job_id: int) -> Job:
        """Return how far a job has come; where nobody works on it, somebody does from now on."""
        found = self.store.read_job(job_id, self.clock())
        if found is None:
            msg = f"取込の番号 {job_id} がありません。画面を開き直してください。"
            raise InputError(msg)
        if found.status == "queued" or found.silent:
            self._worker().wake()
        return found

    @needs(Right.OPEN)
    def resume_jobs(self) -> None:
        """Go on with what servers that are no more left undone, now and whenever there is some."""
        self._worker().watch()

    def _worker(self) -> Worker:
        with self._lock:
            if self._working is None:
                self._working = Worker(self.store, self.clock, self._run_job)
            return self._working

    def _run_job(self, job: Job, tell: Tell) -> tuple[str, Mapping[str, Any] | None]:
        """Do a job in the name of the person who asked, whose right was seen to then."""
        with acting(Person(job.started_by, job.started_by, "admin"), edition=job.edition):
            if job.kind == SAMPLE:
                return self._run_sampling(job, tell)
            files = expand_files(
                list(self.store.read_job_files(job.id)), self.settings.survey.limits
            )
            receive = self._intake().receive
            return run_import(files, job.total, receive, self.report, tell), None

    def _run_sampling(self, job: Job, tell: Tell) -> tuple[str, Mapping[str, Any]]:
        """Sample the ranking; its result serves every process that looks at the same state."""
        self.report(lambda name: tell(message=f"読み取っています：{name}"))
        tell(message="順位の確からしさを計算しています。")
        sample = self.sensitivity(Opinion(job.request["weights"]))
        tell(done=1)
        found = sample.certainty["certainty"].to_list()
        told = "、".join(f"{term.label} {found.count(name)}" for name, term in CERTAINTIES.items())
        return f"{sample.certainty.height} 業務の順位を計算しました（{told}）。", write_sample(
            sample
        )

    def _intake(self) -> Desk:
        return Desk(self._here, self.settings.survey, self._request(), self._act)
