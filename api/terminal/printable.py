"""Text from outside, made safe for a terminal."""

_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}"
    for code in (*range(0x20), *range(0x7F, 0xA0))
    if chr(code) not in "\n\t"
}


def printable(text: str) -> str:
    """The text, character for character, without the controls a terminal would obey."""
    return text.translate(_CONTROLS)


def readable(argument: str) -> str:
    """Bytes of the command line that are no UTF-8 arrive as surrogates, which nothing can print."""
    return argument.encode(errors="surrogateescape").decode(errors="replace")
