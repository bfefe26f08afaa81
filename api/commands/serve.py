"""`onrecord serve`: run the HTTP service and the page until Ctrl-C."""

import errno
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.demo import example_questions
from api.commands.open_service import opened_service
from api.commands.options import Data, Json
from api.terminal.json_output import print_json
from index.errors import SettingsError

if TYPE_CHECKING:
    from rag.service import Service

GRACE_SECONDS = 10
"""How long running questions may take to finish after Ctrl-C."""


def serve(
    ctx: typer.Context,
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="0 takes any free port.", metavar="N")
    ] = 8000,
    access_log: Annotated[bool, typer.Option("--access-log", help="Log every request.")] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Serve the page and the HTTP API; Ctrl-C stops it when running questions are answered.

    Example: onrecord serve --port 8080
    """
    with listening(host, port) as listener, opened_service(ctx, data) as service:
        address = _address(host, listener.getsockname()[1])
        if as_json:
            print_json({"address": address})
        else:
            typer.echo(f"On the Record is at {address} (Ctrl-C stops it)")
        _run(service, listener, access_log=access_log)


def _run(service: "Service", listener: socket.socket, *, access_log: bool) -> None:
    import uvicorn

    from api.http.app import create_app
    from api.http.limits import HttpLimits

    limits = HttpLimits(
        questions_at_once=service.settings.concurrent_asks,
        body_bytes=service.settings.max_body_mb * 1024 * 1024,
    )
    config = uvicorn.Config(
        create_app(service, limits=limits, examples=example_questions(service)),
        timeout_graceful_shutdown=GRACE_SECONDS,
        access_log=access_log,
        log_level="info" if access_log else "warning",
    )
    uvicorn.Server(config).run(sockets=[listener])


def listening(host: str, port: int) -> socket.socket:
    """A socket that is already listening, so that the printed address is right."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
            listener.listen()
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise SettingsError(_cannot_listen(host, port, error)) from error
    return listener


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is used by another program: stop it, or choose another "
            f"port, for example --port {port + 1}, or --port 0 for any free port."
        )
    return (
        f"Cannot listen on {host}, port {port} ({error.strerror or error}): "
        "choose others with --host and --port."
    )


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
