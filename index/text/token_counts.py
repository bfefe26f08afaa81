"""The encodings that count tokens for every budget. The only module that imports tiktoken.

Count with `encode_ordinary`: text that looks like a special token is then ordinary text, not an
error.
"""

from base64 import b64decode
from functools import cache
from pathlib import Path

import tiktoken

from index.errors import SettingsError
from index.settings import BUNDLED_ENCODING

PATTERN = r" ?[\p{L}\p{M}]+| ?\p{N}{1,3}| ?[^\s\p{L}\p{M}\p{N}]+|\s+"
"""How text is cut before bytes are merged: words, up to three digits, signs, white space.

Without look-around, so that matching is linear in the length of any run (patterns with look-ahead
overflow tiktoken's stack on a megabyte of blanks).
"""
BUNDLED_RANKS = Path(__file__).with_name(f"{BUNDLED_ENCODING}.tiktoken")


@cache
def encoding(name: str) -> tiktoken.Encoding:
    """The bundled encoding, which needs no network, or one of tiktoken's own by name."""
    if name == BUNDLED_ENCODING:
        return from_ranks(name, read_ranks(BUNDLED_RANKS))
    if name not in tiktoken.list_encoding_names():
        known = ", ".join([BUNDLED_ENCODING, *sorted(tiktoken.list_encoding_names())])
        raise SettingsError(f"There is no encoding named {name!r}. Set one of: {known}.")
    try:
        return tiktoken.get_encoding(name)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"The encoding {name!r} could not be obtained ({type(error).__name__}): tiktoken "
            f"fetches it from the internet on first use. Connect once, point TIKTOKEN_CACHE_DIR at "
            f"a folder that holds it, or use {BUNDLED_ENCODING!r}, which is part of this package."
        ) from error


def from_ranks(name: str, ranks: dict[bytes, int]) -> tiktoken.Encoding:
    return tiktoken.Encoding(name, pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={})


def read_ranks(path: Path) -> dict[bytes, int]:
    """A file in tiktoken's format: a line per token, its bytes in base64 and its rank.

    tiktoken does not read it: it would keep a copy in the temporary folder and trust that copy.
    """
    pairs = (line.split() for line in path.read_bytes().splitlines())
    return {b64decode(token): int(rank) for token, rank in pairs}
