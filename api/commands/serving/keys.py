"""`onrecord keys`: create, list and revoke the keys that the HTTP service asks for."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.open_service import opened_service
from api.commands.options import Config, Data, Json
from api.keys.key import ApiKey, KeyScope, lifetime
from api.terminal.json_output import print_json
from api.terminal.text import readable

if TYPE_CHECKING:
    from pathlib import Path

    from api.keys.store import KeyStore

app = typer.Typer(no_args_is_help=True)
LONGEST_NAME = 100


@app.command()
def create(
    ctx: typer.Context,
    *,
    scope: Annotated[
        KeyScope,
        typer.Option(
            help="`ask`: ask, search and read; `write`: also add and remove articles; "
            "`admin`: everything."
        ),
    ],
    name: Annotated[
        str, typer.Option(metavar="NAME", help="Who or what uses it; shown in `keys list`.")
    ] = "",
    expires: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="After this time it is refused: 12h, 90d, 1y."),
    ] = None,
    data: Data = None,
    config: Config = None,  # noqa: ARG001  its callback has kept it
    as_json: Json = False,
) -> None:
    """Create a key and show it, this once: only its hash is kept.

    Example: onrecord keys create --scope write --name feeder --expires 90d
    """
    now = _now()
    until = _until(expires, now)
    with _store(ctx, data) as store:
        key, token = store.create(
            scope, name=readable(name)[:LONGEST_NAME], now=now, expires_at=until
        )
    if as_json:
        print_json({"key": token, **_facts(key, now)})
        return
    typer.echo(token)
    typer.echo(
        f"Key {key.id} ({_words(key, now)}) is shown this once. Send it as "
        "`Authorization: Bearer KEY`. From now on the service answers nobody without a key.",
        err=True,
    )


@app.command("list")
def list_keys(
    ctx: typer.Context,
    *,
    data: Data = None,
    config: Config = None,  # noqa: ARG001  its callback has kept it
    as_json: Json = False,
) -> None:
    """List all keys, oldest first, with their last use; not the keys themselves.

    Example: onrecord keys list
    """
    now = _now()
    with _store(ctx, data) as store:
        keys = list(store.by_hash().values())
    if as_json:
        print_json({"keys": [_facts(key, now) for key in keys]})
        return
    for key in keys:
        typer.echo(f"{key.id}  {_words(key, now)}")
    if not keys:
        typer.echo("There is no key: everybody who reaches the service may do everything.")


@app.command()
def revoke(
    ctx: typer.Context,
    key_id: Annotated[
        str, typer.Argument(metavar="ID", show_default=False, help="As `keys list` shows it.")
    ],
    *,
    data: Data = None,
    config: Config = None,  # noqa: ARG001  its callback has kept it
    as_json: Json = False,
) -> None:
    """Revoke a key; a running service refuses it within a second.

    Example: onrecord keys revoke 3f9a1c07be42
    """
    now = _now()
    with _store(ctx, data) as store:
        key = store.revoke(key_id, now=now)
    if key is None:
        raise typer.BadParameter(
            f"no key has the id {key_id!r}: `onrecord keys list` shows the ids.", param_hint="ID"
        )
    if as_json:
        print_json(_facts(key, now))
    else:
        typer.echo(f"Key {key.id} is revoked.")


@contextmanager
def _store(ctx: typer.Context, data: "Path | None") -> Iterator["KeyStore"]:
    from api.keys.store import KeyStore

    with opened_service(ctx, data) as service, closing(KeyStore(service.settings.data)) as store:
        yield store


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _until(expires: str | None, now: datetime) -> datetime | None:
    if expires is None:
        return None
    try:
        return now + lifetime(expires)
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter(str(error), param_hint="--expires") from error


def _facts(key: ApiKey, now: datetime) -> dict[str, Any]:
    written = {
        field: value.isoformat() if isinstance(value, datetime) else value
        for field, value in asdict(key).items()
    }
    return {**written, "state": key.state(now)}


def _words(key: ApiKey, now: datetime) -> str:
    """`write, feeder, valid until 2027-02-28, last used 2026-11-30 18:04`."""
    state = key.state(now)
    ends = {"valid": "until", "expired": "since"}.get(state)
    until = f" {ends} {key.expires_at:%Y-%m-%d %H:%M}" if key.expires_at and ends else ""
    used = f"last used {key.used_at:%Y-%m-%d %H:%M}" if key.used_at else "never used"
    parts = (key.scope.value, key.name, f"{state}{until}", used)
    return ", ".join(part for part in parts if part)
