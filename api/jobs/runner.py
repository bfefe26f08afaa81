"""The thread that runs the jobs of a data folder one after another, and finishes the index between.

Of several servers over one folder, the one that holds the lock runs the jobs of all.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from api.jobs.job import Failure, JobState, WriteJob
from api.jobs.store import JobStore
from api.jobs.work import GivenUp, JobWork, Stop
from index.errors import OnRecordError, WriterBusyError, WriterLostError

logger = logging.getLogger(__name__)

LOCK = "jobs.lock"
RETRY_SECONDS, LONGEST_RETRY = 0.5, 60.0
"""After another writer was found at work, or ours was lost: doubled each time, up to the second."""
BETWEEN_LOOKS = 1.0
"""Seconds: another process may add a job, or end and leave its jobs to us."""
MOST_LOSSES = 3
"""How often one job may lose the writer before it has failed."""
_UNEXPECTED = "The service failed; its log has the details."


class JobRunner:
    """Start it once; what it has not done when it is closed is done after the next start."""

    def __init__(
        self,
        folder: Path,
        store: JobStore,
        *,
        work: Callable[[Callable[[], bool]], JobWork],
        finish: Callable[[Stop], None],
        unfinished: Callable[[], bool],
        changed: Callable[[], None],
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        """`finish` makes what additions left to be made, if the index is `unfinished`.

        `work` is made with a function that says whether the runner closes; `changed` is called
        when a job begins, makes way or ends.
        """
        self._lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
        self._store = store
        self._work = work(lambda: self._closed)
        self._finish_all = finish
        self._unfinished = unfinished
        self._changed = changed
        self._retry_seconds = self._wait = retry_seconds
        self._woken = threading.Event()
        self._closed = False
        self._turns, self._finishing = 0, False
        self._changed_turn = threading.Condition()
        self._may_be_unfinished = True
        self._thread = self._new_thread()
        self.unrecorded: dict[int, Failure] = {}
        """Why jobs failed whose end could not be written; they are tried again."""

    def start(self) -> None:
        """Again after it was closed, too: an application may be started more than once."""
        self._closed = False
        if self._thread.ident is not None:
            self._thread = self._new_thread()
        self._thread.start()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Nothing begins meanwhile; the finishing of the index ends first, seconds at most."""
        with self._changed_turn:
            self._turns += 1
            self._changed_turn.wait_for(lambda: not self._finishing)
        try:
            yield
        finally:
            with self._changed_turn:
                self._turns -= 1
            self._woken.set()

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        """What runs ends after its present step, and nothing more begins."""
        self._closed = True
        self._woken.set()

    def close(self, seconds: float) -> None:
        """Stops it, and waits for the end of what runs."""
        self.stop()
        if self._thread.ident is not None:
            self._thread.join(seconds)

    def _new_thread(self) -> threading.Thread:
        return threading.Thread(target=self._run, name="run-jobs", daemon=True)

    def _run(self) -> None:
        while not self._closed:
            try:
                if self._is_needed() and self._is_ours():
                    self._run_all()
            except OnRecordError as error:
                logger.warning("jobs are run later: %s", error)
            except Exception:
                logger.exception("jobs are run later")
            self._pause(BETWEEN_LOOKS)
        self._lock.release()

    def _is_needed(self) -> bool:
        """A folder that is only read gets no lock."""
        left_hidden = not self._lock.is_locked and self._work.hides_any()
        return self._store.has_open() or left_hidden or self._is_unfinished()

    def _is_unfinished(self) -> bool:
        try:
            return self._may_be_unfinished and self._unfinished()
        except OnRecordError as error:
            logger.warning("the index cannot be finished: %s", error)
            self._may_be_unfinished = False
            return False

    def _is_ours(self) -> bool:
        if self._lock.is_locked:
            return True
        try:
            self._lock.acquire()
        except Timeout:
            return False
        except OSError as error:
            logger.warning("jobs cannot be run here: %s", error)
            self._may_be_unfinished = False
            return False
        self._work.take_down_again()
        return True

    def _run_all(self) -> None:
        """Until nothing waits; holds the lock from then on."""
        self._store.put_all_back()
        while not self._closed and not self._turns:
            if job := self._store.begin():
                self._changed()
                self._run_one(job)
                self._may_be_unfinished = True
                self._changed()
            elif self._is_unfinished():
                self._finish()
            else:
                self._may_be_unfinished = False
                self._store.tidy()
                return

    def _run_one(self, job: WriteJob) -> None:
        try:
            is_done = self._work.is_done(job)
        except WriterBusyError as error:
            self._store.put_back(job.id)
            self._rest(error)
        except WriterLostError as error:
            self._lost(job, error)
        except GivenUp:
            self._end(job, JobState.CANCELLED)
        except OnRecordError as error:
            self._end(job, JobState.FAILED, Failure(type(error).__name__, str(error)))
        except Exception:
            logger.exception("job %d failed", job.id)
            self._end(job, JobState.FAILED, Failure(OnRecordError.__name__, _UNEXPECTED))
        else:
            self._go_on(job, is_done=is_done)

    def _go_on(self, job: WriteJob, *, is_done: bool) -> None:
        self._wait = self._retry_seconds
        if is_done:
            self._end(job, JobState.DONE)
        elif self._store.is_cancelled(job.id):
            self._end(job, JobState.CANCELLED)
        else:
            self._store.put_back(job.id)

    def _lost(self, job: WriteJob, error: WriterLostError) -> None:
        if self._store.is_cancelled(job.id):
            self._end(job, JobState.CANCELLED)
        elif self._closed:
            self._store.put_back(job.id)
        elif job.losses + 1 >= MOST_LOSSES:
            self._end(job, JobState.FAILED, Failure(type(error).__name__, str(error)))
        else:
            self._store.note_loss(job.id)
            self._rest(error)

    def _end(self, job: WriteJob, state: JobState, failure: Failure | None = None) -> None:
        try:
            self._store.end(job.id, state, failure)
            self.unrecorded.pop(job.id, None)
        except OnRecordError as error:
            self.unrecorded[job.id] = failure or Failure(type(error).__name__, str(error))
            raise

    def _finish(self) -> None:
        """Makes way for any job."""
        with self._changed_turn:
            if self._turns:
                return
            self._finishing = True
        try:
            self._finish_all(self._must_stop_finishing)
        except (WriterBusyError, WriterLostError) as error:
            self._rest(error)
        except OnRecordError as error:
            logger.warning("statements and vectors are still to be made: %s", error)
            self._may_be_unfinished = False
        else:
            self._wait = self._retry_seconds
            self._may_be_unfinished = self._must_stop_finishing()
        finally:
            with self._changed_turn:
                self._finishing = False
                self._changed_turn.notify_all()

    def _must_stop_finishing(self) -> bool:
        return self._closed or self._turns > 0 or self._store.has_open()

    def _rest(self, error: OnRecordError) -> None:
        """Another may write meanwhile; ended by a new job."""
        logger.warning("the index is written later: %s", error)
        self._pause(self._wait)
        self._wait = min(2 * self._wait, LONGEST_RETRY)

    def _pause(self, seconds: float) -> None:
        self._woken.wait(0 if self._closed else seconds)
        if not self._closed:
            self._woken.clear()
