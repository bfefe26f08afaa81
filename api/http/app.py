"""The HTTP application over one service: its routes, limits, problems and documentation."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from api.http import errors, openapi, problems
from api.http.limits import BodyLimit, ConcurrencyLimit, HttpLimits
from api.http.readiness import Readiness
from api.http.routes import articles, ask, operations, page, statements
from api.http.service import AnswerService, AppState

ABOUT = """\
Verbatim answers from a news archive. Every answer is a quote with its exact position, or a
refusal that says why. Offsets are half-open ranges of Unicode code points in the text of the
article. Every error is an RFC 9457 problem; its `type` is the address of an explanation."""

SECONDS_TO_STOP = 60.0
"""How long a shutdown waits for models that are still loading."""

DEFAULT_LIMITS = HttpLimits()


def create_app(
    service: AnswerService,
    *,
    limits: HttpLimits = DEFAULT_LIMITS,
    examples: Sequence[str] = (),
) -> FastAPI:
    """`examples` are questions that the page suggests. The service is closed on shutdown."""
    app = _bare_app()
    limit = ConcurrencyLimit(at_once=limits.questions_at_once, wait_seconds=limits.wait_seconds)
    app.state.app_state = AppState(service, limit, Readiness(service.check))
    app.state.examples = list(examples)
    app.add_middleware(BodyLimit, body_bytes=limits.body_bytes)
    app.add_middleware(page.SafeHeaders)
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


def _add_routes(app: FastAPI) -> None:
    for group in (ask, statements, articles, operations, problems, page):
        app.include_router(group.router)
    app.mount("/page", StaticFiles(directory=page.FOLDER), name="page")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    state: AppState = app.state.app_state
    state.readiness.warm()
    try:
        yield
    finally:
        await run_in_threadpool(state.readiness.wait, SECONDS_TO_STOP)
        await run_in_threadpool(state.service.close)
