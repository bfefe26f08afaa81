"""Words by which a text says that something is not certain yet, or holds now. Knows no question."""

import re

HEDGE = re.compile(
    r"\b(?:could|may|might|will|would|shall|won['’]t|should"
    r"|(?:is|are|was|were|be|been) (?:\w+ )?(?:expected|likely|set|due|scheduled|poised|slated"
    r"|planned|supposed|about|going|hoping|preparing|planning|bracing|vying|feared|believed"
    r"|thought|presumed|favou?red|tipped) (?:to|for)\b"
    r"|favou?rites? to\b"
    r"|(?:plan|hope|aim|intend|prepare|threaten|vow|seek|brace|vie|want)s? (?:to|for)\b"
    r"|unknown|unclear|unconfirmed|undetermined|feared|presumed|possibl[ey]|perhaps|potential(?:ly)?"
    r"|not (?:yet|immediately) (?:\w+ )?(?:known|clear|confirmed|released|determined)"
    r"|remains? to be seen|yet to be|if)\b"
)
"""In lower case: "May" is a month, "Will" a name."""
PROJECTED = re.compile(
    r"\b(?:[A-Z]\w+|networks?|media|outlets?) (?:has |have )?(?:projects?|projected)\b"
    r"|\bprojected (?:winner|to (?:win|defeat|beat))\b"
)
"""How newsrooms tell an election that is decided: "will defeat X, CNN projects"."""
NOT_YET = re.compile(
    r"\b(?:will|won['’]t|would|could|can|may|might|should|shall|going to|about to|expected"
    r"|scheduled|due|set to|supposed|plan(?:s|ned|ning)?|intends?|hopes?|likely|next|upcoming"
    r"|coming|tomorrow|predict\w*|forecast\w*|possibl[ey])\b",
    re.IGNORECASE,
)
"""In a question: it asks what is still to come, or what is only possible."""
_NEW = r"(?:new(?! (?:york|jersey|zealand|mexico|delhi|hampshire|orleans|year))|newest|next)"
NEW = re.compile(rf"\b{_NEW}\b")
"""In a question for somebody who has just come into an office."""
CHANGE = re.compile(
    rf"\b(?:{_NEW}|chose|chosen|picked|elected|named|appointed|tapped|selected|hired|promoted"
    r"|succee\w+|replac\w+|tak\w+ over|took over|takes? the (?:helm|reins)|sworn in|nominat\w+)\b"
)
HAPPENED = re.compile(
    r"^(?:who|which(?: \w+){1,2}) (?:finally |eventually |has |have )?"
    r"(?:won|beat|defeated|bought|purchased|acquired|sold|replaced|succeeded|took over|became"
    r"|(?:was|were|been) (?:\w+ )?(?:named|elected|appointed|chosen|crowned|picked|selected))\b"
    r"|^when did\b|^(?:who(?:['’]s| is|) )the new\b",
    re.IGNORECASE,
)
"""A question for what is settled: what may still happen is no answer to it."""
NOW = re.compile(
    r"\b(?:now|current(?:ly)?|still|latest|most recent(?:ly)?|today|so far|to date|acting"
    r"|interim)\b|^[Ww]ho(?:['’]s| is) (?:the |[A-Z]\w+(?: [A-Z]\w+)*['’]s? )"
)
"""In lower case; "who is the mayor" asks for the present one."""
