"""JSON on standard output."""

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel


def print_body(body: "BaseModel") -> None:
    """The same JSON as over HTTP."""
    print_json(body.model_dump(mode="json", by_alias=True))


def print_json(value: Mapping[str, Any]) -> None:
    """Not escaped if standard output is UTF-8."""
    utf8 = (sys.stdout.encoding or "").replace("-", "").lower() == "utf8"
    typer.echo(json.dumps(value, ensure_ascii=not utf8, indent=2))
