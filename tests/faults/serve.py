"""Serves a folder with fakes for the models, and prints the port: a program for tests to kill."""

import socket
import sys
from pathlib import Path

import uvicorn

from api.http.app import create_app
from api.jobs.writer_process import WriterProcess
from rag.settings import ServiceSettings
from tests.faults.programs import fake_service


def main() -> None:
    settings = ServiceSettings(data=Path(sys.argv[1]), answers_kept=0)
    writer = WriterProcess(settings, service_of=fake_service)
    app = create_app(fake_service(settings), folder=settings.data, writer=writer)
    listener = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])


if __name__ == "__main__":
    main()
