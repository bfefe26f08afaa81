"""The one normalisation at ingestion: every text field passes through here exactly once.

Whoever cites the stored text must find the publisher's own characters, so nothing else changes:
no Unicode normal form, no curly quotes made straight, no-break spaces and emoji kept.
"""

import re

_LINE_END = re.compile(r"\r\n?")
_DROPPED = re.compile("[\x00\ufeff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def normalise(raw: str) -> str:
    """Line ends as one newline, byte-order marks and NUL gone, lone surrogates as U+FFFD.

    Idempotent, and the result can always be encoded as UTF-8.
    """
    text = _DROPPED.sub("", raw)
    return _LONE_SURROGATE.sub("\ufffd", _LINE_END.sub("\n", text))
