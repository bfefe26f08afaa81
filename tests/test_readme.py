"""The README's map names every file, and no file that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def mapped() -> set[str]:
    block = README.split("## Files")[1].split("```")[1]
    folder, found = "", set()
    for line in block.splitlines():
        if heading := re.match(r"(\S+/)", line):
            folder = heading[1]
        elif entry := re.match(r"  (\S+)", line):
            found.add(folder + entry[1])
    return found


def test_the_map_names_every_module_and_nothing_else() -> None:
    there = {
        str(path.relative_to(ROOT))
        for room in ("index", "rag", "eval", "api", "training")
        for path in (ROOT / room).rglob("*.py")
        if path.name != "__init__.py"
    }

    assert {name for name in mapped() if name.endswith(".py")} == there
