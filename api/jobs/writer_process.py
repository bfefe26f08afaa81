"""The writer of a running server, in a process of its own: the server stays small and answers fast.

The process starts with the first write and loads the tagger and all else that only a build needs.
It ends after a while without writes, with the server, or when the server is gone.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Literal

from api.telemetry.logs import service_logs
from index.build_report import BuildReport
from index.documents import Article, Reject
from index.errors import OnRecordError, WriterBusyError, WriterLostError
from index.progress import IndexPart, Progress, Until, never
from rag.service import Service
from rag.settings import ServiceSettings

IDLE_SECONDS = 600.0
"""Then its memory is given back; the next write waits seconds for the models."""
SECONDS_TO_END = 20.0
"""For its models to be closed, or what it is doing to end, before it is killed."""
SECONDS_TO_CLOSE = 5.0
"""The same when the server ends."""
NICER = 5
"""Whoever asks goes first."""
BETWEEN_LOOKS = 0.1
"""Seconds after which it is asked again whether a run must stop."""
_STOP = "stop"

ServiceOf = Callable[[ServiceSettings], Service]
Message = tuple[str, int, int | None] | BuildReport | OnRecordError
"""Progress, and at the end either what was done or why it was not."""


@dataclass(frozen=True, slots=True)
class Write:
    """One run, as it is sent to the process."""

    action: Literal["add", "finish", "remove", "purge", "rebuild"]
    items: Sequence[Article | Reject] = ()
    until: Until = Until.ALL
    ids: Sequence[str] = ()
    only: Sequence[IndexPart] = ()

    def run(self, service: Service, *, progress: Progress, stop: Callable[[], bool]) -> BuildReport:
        match self.action:
            case "add":
                return service.add(self.items, progress=progress, until=self.until, stop=stop)
            case "remove":
                return service.remove(self.ids, progress=progress)
            case "purge":
                return service.purge(self.ids, progress=progress)
            case "rebuild":
                return service.rebuild(self.only, progress=progress, stop=stop)
            case "finish":
                return service.finish(progress=progress, stop=stop)


class WriterProcess:
    """One write at a time; WriterBusyError for another meanwhile."""

    def __init__(
        self,
        settings: ServiceSettings,
        *,
        service_of: ServiceOf = Service,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        """`service_of` is pickled: a function of a module."""
        self._settings = settings
        self._service_of = service_of
        self._idle_seconds = idle_seconds
        self._turn = threading.Lock()
        self._running: tuple[BaseProcess, Connection] | None = None
        self._ending: threading.Timer | None = None

    def add(
        self,
        items: Iterable[Article | Reject],
        *,
        progress: Progress,
        until: Until,
        stop: Callable[[], bool] = never,
    ) -> BuildReport:
        return self._run(Write("add", items=list(items), until=until), progress, stop)

    def finish(self, *, progress: Progress, stop: Callable[[], bool]) -> BuildReport:
        return self._run(Write("finish"), progress, stop)

    def remove(self, ids: Sequence[str], *, progress: Progress) -> BuildReport:
        return self._run(Write("remove", ids=list(ids)), progress, never)

    def rebuild(
        self, only: Collection[IndexPart], *, progress: Progress, stop: Callable[[], bool]
    ) -> BuildReport:
        return self._run(Write("rebuild", only=tuple(only)), progress, stop)

    def purge(self, ids: Sequence[str], *, progress: Progress) -> BuildReport:
        return self._run(Write("purge", ids=list(ids)), progress, never)

    def close(self) -> None:
        """Whoever had a run was to wait for it: what still runs is ended."""
        self._keep_alive()
        self._end(SECONDS_TO_CLOSE)

    def _run(self, write: Write, progress: Progress, stop: Callable[[], bool]) -> BuildReport:
        if not self._turn.acquire(blocking=False):
            raise WriterBusyError(
                f"Another request is writing to {self._settings.data}: wait until it ends, "
                "then try again."
            )
        try:
            self._keep_alive()
            return self._outcome(write, progress, stop)
        finally:
            self._end_later()
            self._turn.release()

    def _outcome(self, write: Write, progress: Progress, stop: Callable[[], bool]) -> BuildReport:
        process, connection = self._started()
        try:
            outcome = _outcome_of(connection, write, progress, stop)
        except (EOFError, OSError) as error:
            self._end()
            raise WriterLostError(
                f"The process that writes to {self._settings.data} ended with code "
                f"{process.exitcode}. What it had stored is kept: send the same again."
            ) from error
        except BaseException:
            self._end(seconds=0)  # what it still says of this run would be taken for the next
            raise
        if isinstance(outcome, OnRecordError):
            raise outcome
        return outcome

    def _started(self) -> tuple[BaseProcess, Connection]:
        """The process that runs, or a new one."""
        if self._running and self._running[0].is_alive():
            return self._running
        self._end()
        context = multiprocessing.get_context("spawn")  # a fork would copy locks that threads hold
        ours, theirs = context.Pipe()
        process = context.Process(
            target=serve_writes,
            args=(theirs, self._settings, self._service_of),
            name="onrecord-writer",
            daemon=True,
        )
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:  # it inherits the mask: Ctrl-C is for the server, which then ends it
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        theirs.close()
        self._running = process, ours
        return self._running

    def _end_later(self) -> None:
        self._ending = threading.Timer(self._idle_seconds, self._end_if_idle)
        self._ending.daemon = True
        self._ending.start()

    def _keep_alive(self) -> None:
        if self._ending:
            self._ending.cancel()

    def _end_if_idle(self) -> None:
        if self._turn.acquire(blocking=False):
            with suppress(OSError):
                self._end()
            self._turn.release()

    def _end(self, seconds: float = SECONDS_TO_END) -> None:
        if self._running is None:
            return
        process, connection = self._running
        self._running = None
        connection.close()
        process.join(seconds)
        if process.is_alive():
            process.kill()
            process.join()


def _outcome_of(
    connection: Connection, write: Write, progress: Progress, stop: Callable[[], bool]
) -> BuildReport | OnRecordError:
    """What comes back of a run; `stop` is asked however often the run tells of its progress."""
    connection.send(write)
    asked_at, told = monotonic(), False
    while True:
        has_come = connection.poll(BETWEEN_LOOKS)
        if not has_come or monotonic() - asked_at >= BETWEEN_LOOKS:
            asked_at = monotonic()
            if stop() and not told:
                connection.send(_STOP)
                told = True
        if not has_come:
            continue
        message: Message = connection.recv()
        if not isinstance(message, tuple):
            return message
        progress(*message)


def serve_writes(connection: Connection, settings: ServiceSettings, service_of: ServiceOf) -> None:
    """In the process: run what is sent, until the server closes its end or is gone."""
    os.nice(NICER)
    with (
        service_logs(settings),
        closing(service_of(settings)) as service,
        suppress(EOFError, OSError),
    ):
        while True:
            write = connection.recv()
            if write != _STOP:  # came when the run had ended already
                connection.send(_message(write, service, connection))


def _message(write: Write, service: Service, connection: Connection) -> Message:
    try:
        return write.run(
            service,
            progress=lambda *step: connection.send(step),
            stop=connection.poll,
        )
    except OnRecordError as error:
        return error
