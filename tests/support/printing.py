"""Lines as a terminal or a pipe shows them."""

from collections.abc import Iterable
from io import StringIO
from typing import Literal

from rich.console import Console
from rich.text import Text

from api.terminal.reply import show


def printed(lines: Iterable[Text], *, color: bool = False, width: int = 80) -> str:
    file = StringIO()
    system: Literal["standard"] | None = "standard" if color else None
    show(lines, Console(file=file, width=width, color_system=system, force_terminal=color))
    return file.getvalue()
