"""The application over one service: routes, limits, problems, models warmed at the start."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from api.http import errors, problems
from api.http.limits import BodyLimit, ConcurrencyLimit, HttpLimits
from api.http.readiness import Readiness
from api.http.routes import articles, ask, operations, page, statements
from api.http.service import AnswerService, AppState

ABOUT = """\
Answers from a news archive, word for word: every answer is a verbatim passage with its exact
place, or a refusal that says why. Offsets are half-open ranges of Unicode code points into the
article's text. Every error is an RFC 9457 problem whose `type` leads to an explanation."""

SECONDS_TO_SETTLE = 60.0
"""How long a shutdown waits for models that are still being loaded."""

DEFAULT_LIMITS = HttpLimits()


def create_app(
    service: AnswerService,
    *,
    limits: HttpLimits = DEFAULT_LIMITS,
    examples: Sequence[str] = (),
) -> FastAPI:
    """`examples` are questions the page offers; the application closes the service at its end."""
    app = _bare_app()
    limit = ConcurrencyLimit(at_once=limits.questions_at_once, wait_seconds=limits.wait_seconds)
    app.state.app_state = AppState(service, limit, Readiness(service.check))
    app.state.examples = list(examples)
    app.add_middleware(BodyLimit, body_bytes=limits.body_bytes)
    app.add_middleware(page.SafeHeaders)
    errors.install(app)
    _add_routes(app)
    problems.document(app)
    return app


def _bare_app() -> FastAPI:
    """FastAPI's own documentation page loads its assets from elsewhere; this one carries them."""
    return FastAPIOffline(
        redoc_url=None,
        title="On the Record",
        version=version("onrecord"),
        description=ABOUT,
        lifespan=_lifespan,
        redirect_slashes=False,
        static_url="/docs-assets",
        swagger_ui_parameters={"validatorUrl": None, "defaultModelsExpandDepth": 0},
    )


def _add_routes(app: FastAPI) -> None:
    for room in (ask, statements, articles, operations, problems, page):
        app.include_router(room.router)
    app.mount("/page", StaticFiles(directory=page.FOLDER), name="page")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    state: AppState = app.state.app_state
    state.readiness.warm()
    try:
        yield
    finally:
        await run_in_threadpool(state.readiness.settle, SECONDS_TO_SETTLE)
        await run_in_threadpool(state.service.close)
