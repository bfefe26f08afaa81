"""Text from outside, made safe for a terminal."""

_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}"
    for code in (*range(0x20), *range(0x7F, 0xA0))
    if chr(code) not in "\n\t"
}


def printable(text: str) -> str:
    """The text, character for character, without the controls a terminal would obey."""
    return text.translate(_CONTROLS)
