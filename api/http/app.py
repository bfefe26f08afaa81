"""The HTTP application over one service: its routes, limits, problems and documentation."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi_offline import FastAPIOffline
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from api.http import errors, openapi, problems
from api.http.guards.chain import Guards
from api.http.guards.draining import Draining
from api.http.guards.load_shedding import LoadShedding
from api.http.guards.route_paths import RootPath
from api.http.limits import ConcurrencyLimit, HttpLimits
from api.http.query_parameters import only_known
from api.http.readiness import Readiness
from api.http.routes import articles, ask, jobs, operations, page, statements
from api.http.service import AnswerService, AppState
from api.jobs.queue import JobQueue
from api.jobs.work import ArticleWriter
from api.telemetry.readings import of_index, of_jobs, of_service
from api.telemetry.requests import RequestRecorder
from api.telemetry.telemetry import Telemetry
from index.documents import Article, Reject

ABOUT = """\
Verbatim answers from a news archive. Every answer is a quote with its exact position, or a
refusal that says why. Offsets are half-open ranges of Unicode code points in the text of the
article. Every error is an RFC 9457 problem; its `type` is the address of an explanation."""

SECONDS_TO_STOP = 60.0
"""How long a shutdown waits for models that are still loading."""
SECONDS_TO_END = 20.0
"""How long it waits for the present step of a job; the rest is done after the next start."""

DEFAULT_LIMITS = HttpLimits()
OPEN_TO_ALL = Guards()


def create_app(
    service: AnswerService,
    *,
    folder: Path | None = None,
    writer: ArticleWriter | None = None,
    limits: HttpLimits = DEFAULT_LIMITS,
    guards: Guards = OPEN_TO_ALL,
    root_path: str = "",
    examples: Sequence[str] = (),
    telemetry: Telemetry | None = None,
    readiness: Readiness | None = None,
) -> FastAPI:
    """`examples` are questions that the page suggests. Without a `writer`, the service writes.

    `root_path` is what a proxy puts before every path. On shutdown all of them are closed.
    Jobs are kept in `folder`, without one until then.
    Without `telemetry`, figures are kept, but no question.
    A `readiness` may have begun to load the service's models; without one they load at the start.
    """
    app = _bare_app()
    limit = ConcurrencyLimit(at_once=limits.questions_at_once, wait_seconds=limits.wait_seconds)
    writes = writer or service
    loading, telling = readiness or Readiness(service.check), telemetry or Telemetry()
    queue = JobQueue(
        folder, writes, read=_items, unfinished=service.unfinished, written=loading.warm
    )
    state = AppState(service, writes, limit, loading, queue, telling)
    app.state.app_state = state
    _watch(state)
    app.state.examples = list(examples)
    app.state.guards = guards
    guards.install(app, limits)
    app.add_middleware(LoadShedding, limit=limit)
    app.add_middleware(Draining, stopping=state.readiness.is_stopping)
    app.add_middleware(page.SafeHeaders)
    app.add_middleware(RequestRecorder, figures=telling.metrics)
    if root_path:
        app.add_middleware(RootPath, root_path=root_path)
    errors.install(app)
    _add_routes(app)
    openapi.complete(app)
    return app


def _bare_app() -> FastAPI:
    """Its documentation page loads no asset from another host, as that of FastAPI would."""
    return FastAPIOffline(
        redoc_url=None,
        title="On the Record",
        version=version("onrecord"),
        description=ABOUT,
        lifespan=_lifespan,
        redirect_slashes=False,
        generate_unique_id_function=openapi.operation_id,
        static_url="/docs-assets",
        swagger_ui_parameters={"validatorUrl": None, "defaultModelsExpandDepth": 0},
    )


def _watch(state: AppState) -> None:
    """Nothing of the index before the models are loaded: a scrape would wait for them."""
    ready, index = state.readiness.is_ready, of_index(state.service.state)
    limit, metrics = state.limit, state.telemetry.metrics
    metrics.watch(
        of_service(ready=ready, running=lambda: limit.running, waiting=lambda: limit.waiting)
    )
    metrics.watch(lambda: index() if ready() else ())
    metrics.watch(of_jobs(state.jobs.store.counts))


def _add_routes(app: FastAPI) -> None:
    for group in (ask, statements, articles, jobs, operations):
        app.include_router(
            group.router,
            dependencies=[Depends(only_known)],
            responses=problems.problems(422),
        )
    for group in (problems, page):
        app.include_router(group.router)
    app.mount("/page", StaticFiles(directory=page.FOLDER), name="page")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    state: AppState = app.state.app_state
    state.readiness.warm()
    if not app.state.guards.read_only:
        state.jobs.start()
    try:
        yield
    finally:
        await run_in_threadpool(state.jobs.close, SECONDS_TO_END)
        await run_in_threadpool(state.readiness.wait, SECONDS_TO_STOP)
        for each in {state.writer, state.service}:
            await run_in_threadpool(each.close)
        if keys := app.state.guards.keys:
            keys.close()


def _items(body: bytes, media_type: str) -> Iterable[Article | Reject]:
    from api.http.batches import read_batch  # noqa: PLC0415  a server that is asked needs none of it

    return read_batch(body, media_type)
