"""File operations that are on the disk when they return. Knows no content."""

import os
import shutil
from pathlib import Path


def sync_tree(folder: Path) -> None:
    """Every file and folder below `folder` and itself, each folder after its content."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync(Path(parent, name))
        sync(Path(parent))


def sync(path: Path) -> None:
    """A file's content, or a folder's names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_text(path: Path, text: str) -> None:
    """A reader sees either the old text or the new one, whole."""
    aside = path.with_name(f"{path.name}.new")
    aside.write_text(text, encoding="utf-8")
    sync(aside)
    aside.replace(path)
    sync(path.parent)


def move(source: Path, target: Path) -> None:
    """A rename within one file system, on the disk when it returns."""
    target.parent.mkdir(exist_ok=True)
    source.rename(target)
    sync(source.parent)
    sync(target.parent)


def link(source: Path, target: Path) -> None:
    """The same file under a second name; a copy where the file system has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
