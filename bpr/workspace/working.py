"""Jobs of the queue, done one after another in the background of whatever process is there."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from os import getpid
from threading import Event, Lock, Thread
from time import sleep
from typing import Any, Final, TypeAlias
from uuid import uuid4

from bpr.errors import BprError
from bpr.log import record_incident
from bpr.store import Job, Store

_BEAT_SECONDS: Final = 15
"""How often a worker tells that it is alive; well below `bpr.store.jobs.SILENT`."""
_LOOK_SECONDS: Final = 60
"""How often a server looks for jobs that another one left behind."""
Tell: TypeAlias = Callable[..., None]
"""Tells how far a job has come: `tell(done=…, total=…, message=…)`."""
Run: TypeAlias = Callable[[Job, Tell], tuple[str, Mapping[str, Any] | None]]
"""Does a job; returns the closing sentence and the result."""


class TakenOver(Exception):  # noqa: N818 - no error: somebody else goes on with the job
    """Another worker has this job now."""


class Worker:
    """Takes jobs from the queue as long as there are any; several may work side by side."""

    def __init__(self, store: Store, clock: Callable[[], datetime], run: Run) -> None:
        self.store = store
        self.clock = clock
        self.run = run
        self.name = f"{getpid()}-{uuid4().hex[:12]}"
        self._thread: Thread | None = None
        self._lock = Lock()

    def wake(self) -> None:
        """See to it that somebody looks into the queue."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._work, name="bpr-worker", daemon=True)
                self._thread.start()

    def watch(self) -> None:
        """Look into the queue now and then, as long as the process lives."""

        def look() -> None:
            while True:
                self.wake()
                sleep(_LOOK_SECONDS)

        Thread(target=look, name="bpr-watch", daemon=True).start()

    def _work(self) -> None:
        while job := self.store.claim_job(self.name, self.clock()):
            try:
                self.store.end_job(self._do(job), self.name, self.clock())
            except TakenOver:
                continue
            except (
                BprError
            ) as error:  # the store itself: the job falls silent and is taken up again
                record_incident(error)
                return

    def _do(self, job: Job) -> Job:
        """Do one job; whatever happens, it ends and says how."""
        state, over = [job], Event()

        def tell(**changes: Any) -> None:  # noqa: ANN401 - fields of `Job`
            state[0] = replace(state[0], **changes)
            if not self.store.tell_job(state[0], self.name, self.clock()):
                raise TakenOver

        def beat() -> None:
            while not over.wait(_BEAT_SECONDS):
                self.store.tell_job(state[0], self.name, self.clock())

        Thread(target=beat, name="bpr-heartbeat", daemon=True).start()
        try:
            message, result = self.run(job, tell)
            return replace(state[0], status="done", message=message, result=result)
        except TakenOver:
            raise
        except BprError as error:
            return replace(state[0], status="failed", message=str(error))
        except Exception as error:  # noqa: BLE001 - the end of a thread: the user sees a number
            number = record_incident(error)
            message = (
                f"思わぬ不具合が起きました（受付番号 {number}）。もう一度行うと、続きから始めます。"
            )
            return replace(state[0], status="failed", message=message)
        finally:
            over.set()
