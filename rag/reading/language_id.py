"""Whether a text is in English, as far as its letters and commonest words tell."""

import re

_ENGLISH = frozenset(
    """
    the of and to that for with were are is by from his her has had have said it its be been they
    their this which who not but at on as he she after would will we you
    """.split()
)
_OTHER = frozenset(
    """
    der das und ist nicht ein eine einer den dem von zu auf für im des sich mit wird wurde sind wie
    le la les et est une dans pour que qui sur pas au aux avec du ce cette elle sont
    el los las del por con para su es lo como más
    di che per non della gli sono più è nel
    os da não uma em é ao dos das pelo foi
    de het een van dat niet zijn voor met ook op
    och att det som på är av till inte har ett om og på til ikke af
    w na się nie jest że po ja ei että oli
    ve bir bu için ile
    """.split()
)
"""Of the commonest words of a dozen other languages in Latin letters, those no English one is."""
FEWEST = 3
"""Words of other languages; one or two may be in a name."""
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_END = "\u024f"


def is_english(text: str) -> bool:
    """True too where nothing tells, as of a list of names."""
    words = [word.lower() for word in _WORD.findall(text)]
    if sum(word[0] > _LATIN_END for word in words) * 2 > len(words):
        return False
    known = set(words)
    return len(known & _OTHER) < FEWEST or len(known & _OTHER) <= len(known & _ENGLISH)
