"""Ids for articles without one: readable, and the same at every reading."""

import hashlib
import os
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote, urlsplit

_SLUG_LENGTH = 60
_HASH_LENGTH = 10


def file_id(path: Path) -> str:
    """From the location of the file, so `a.txt` in two folders is two articles."""
    return f"{_slug(path.name.split('.')[0])}-{_short_hash(os.fsencode(path.resolve()))}"


def url_id(url: str) -> str:
    last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    return f"{_slug(re.sub(r'[.][a-z]{3,5}$', '', last))}-{_short_hash(url.encode())}"


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH].strip("-") or "article"


def _short_hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_HASH_LENGTH]
