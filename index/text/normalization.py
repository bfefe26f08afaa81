"""Normalisation at ingestion: every text field passes through it exactly once.

Quotes must keep the publisher's own characters, so nothing else changes: no Unicode normal form, no
straightened quotation marks; no-break spaces and emoji stay.
"""

import re

_LINE_END = re.compile(r"\r\n?")
_DROPPED = re.compile("[\x00\ufeff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def normalise(raw: str) -> str:
    """Newlines for all line ends, no byte-order marks and NULs, U+FFFD for lone surrogates.

    Idempotent, and the result can always be encoded as UTF-8.
    """
    text = _DROPPED.sub("", raw)
    return _LONE_SURROGATE.sub("\ufffd", _LINE_END.sub("\n", text))
