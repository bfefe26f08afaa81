"""`onrecord serve`: run the HTTP service and the page until Ctrl-C."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.demo import example_questions
from api.commands.open_service import opened_service
from api.commands.options import Config, Data, Json, MaxWrong
from api.commands.serving.listening import (
    address_of,
    connections_within,
    hosts_of,
    is_this_machine,
    listening,
    root_path_of,
)
from api.terminal.json_output import print_json
from index.errors import SettingsError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from api.http.guards.chain import Guards
    from api.http.readiness import Readiness
    from api.keys.ring import KeyRing
    from api.telemetry.questions import QuestionDiary
    from rag.service import Service
    from rag.settings import ServiceSettings

SECONDS_TO_LOAD = 60.0
"""How long the end of a server that could not start waits for models that are loading."""


def serve(
    ctx: typer.Context,
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="0 takes any free port.", metavar="N")
    ] = 8000,
    insecure: Annotated[
        bool,
        typer.Option(
            "--insecure",
            help="Serve other machines without any key: all may ask, add and remove.",
        ),
    ] = False,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Answer, but add and remove nothing.")
    ] = False,
    root_path: Annotated[
        str,
        typer.Option(metavar="PATH", help="What a proxy puts before every path, e.g. /archive."),
    ] = "",
    access_log: Annotated[
        bool,
        typer.Option(
            "--access-log/--no-access-log",
            help="Log a line for each request, without its query and body.",
        ),
    ] = True,
    max_wrong: MaxWrong = None,  # noqa: ARG001  its callback has kept it
    data: Data = None,
    config: Config = None,  # noqa: ARG001  its callback has kept it
    as_json: Json = False,
) -> None:
    """Serve the page and the HTTP API; Ctrl-C stops it when running questions are answered.

    Example: onrecord serve --port 8080
    """
    from api.telemetry.logs import service_logs

    with (
        opened_service(ctx, data) as service,
        closing(_keys(service, host, insecure=insecure)) as keys,
        listening(host, port) as listener,
        service_logs(service.settings, requests=access_log),
        _warming(service) as readiness,
    ):
        guards = _guards(service.settings, host, keys, read_only=read_only)
        address = address_of(host, listener.getsockname()[1])
        if as_json:
            print_json({"address": address})
        else:
            typer.echo(f"On the Record is at {address} (Ctrl-C stops it)")
        path = root_path_of(root_path)
        _run(service, listener, guards, readiness, root_path=path)


def _keys(service: "Service", host: str, *, insecure: bool) -> "KeyRing":
    """SettingsError if others reach the address and nothing keeps them out."""
    from api.keys.ring import KeyRing
    from api.keys.store import KeyStore

    keys = KeyRing(KeyStore(service.settings.data))
    if insecure or is_this_machine(host) or keys.needed():
        return keys
    keys.close()
    raise SettingsError(_open_to_all(host))


@contextmanager
def _warming(service: "Service") -> Iterator["Readiness"]:
    """Models load while the HTTP libraries are imported, which takes about as long.

    SettingsError before, if a promise cannot be kept: said once, rather than by every answer.
    """
    from api.http.readiness import Readiness

    service.guarantee()
    readiness = Readiness(service.check)
    readiness.warm()
    try:
        yield readiness
    finally:
        readiness.wait(SECONDS_TO_LOAD)


def _run(
    service: "Service",
    listener: socket.socket,
    guards: "Guards",
    readiness: "Readiness",
    *,
    root_path: str,
) -> None:
    from api.commands.serving.server import run
    from api.http.guards.connections import ConnectionRoom, RoomSize
    from api.telemetry.questions import QuestionDiary
    from index.maintenance.sweeping import sweep_at_start

    settings = service.settings
    if not guards.read_only:
        sweep_at_start(settings.data, generations_kept=settings.generations_kept)
    diary = QuestionDiary(settings.data / "questions", days=settings.questions_kept_days)
    app = _app(service, guards, readiness, root_path, diary)
    run(
        app,
        listener,
        room=guards.room or ConnectionRoom(RoomSize()),
        begin_to_stop=app.state.app_state.readiness.begin_to_stop,
        end_writes=app.state.app_state.jobs.stop,
        drain_seconds=settings.drain_seconds,
        now_and_then=diary.erase_old,
    )


def _app(
    service: "Service",
    guards: "Guards",
    readiness: "Readiness",
    root_path: str,
    diary: "QuestionDiary",
) -> "FastAPI":
    from api.http.app import create_app
    from api.http.limits import HttpLimits
    from api.jobs.writer_process import WriterProcess
    from api.telemetry.readings import of_writer
    from api.telemetry.telemetry import Telemetry

    settings, telemetry = service.settings, Telemetry(diary=diary)
    telemetry.metrics.watch(of_writer(settings.data))
    return create_app(
        service,
        folder=settings.data,
        writer=None if guards.read_only else WriterProcess(settings),
        limits=HttpLimits(
            questions_at_once=settings.concurrent_asks,
            article_bytes=settings.max_body_mb * 1024 * 1024,
        ),
        guards=guards,
        root_path=root_path,
        examples=example_questions(service),
        telemetry=telemetry,
        readiness=readiness,
    )


def _guards(
    settings: "ServiceSettings", host: str, keys: "KeyRing", *, read_only: bool
) -> "Guards":
    from api.http.callers import AllowedCallers
    from api.http.guards.chain import Guards
    from api.http.guards.connections import ConnectionRoom, RoomSize
    from rag.settings import origins_of, rate_limits

    hosts, origins = hosts_of(host, settings.allowed_hosts), origins_of(settings.allowed_origins)
    return Guards(
        AllowedCallers(hosts, origins),
        keys,
        ConnectionRoom(RoomSize(connections_within(settings.max_connections))),
        rate_limits(settings.rate_limit),
        read_only,
    )


def _open_to_all(host: str) -> str:
    return (
        f"With --host {host}, everybody who reaches this machine could ask, add and remove "
        "articles, because there is no key. Create one first: `onrecord keys create --scope "
        "admin`. Or stay on 127.0.0.1, or say --insecure."
    )
