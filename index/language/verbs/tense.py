"""Words by which a text says that something is not certain yet, or holds now. Knows no question."""

import re

HEDGE = re.compile(
    r"\b(?:could|may|might|will|would|shall|won['’]t|should"
    r"|(?:is|are|was|were|be|been) (?:\w+ )?(?:expected|likely|set|due|scheduled|poised|slated"
    r"|planned|supposed|about|going|hoping|preparing|planning|bracing|vying|feared|believed"
    r"|thought|presumed) (?:to|for)\b"
    r"|(?:plan|hope|aim|intend|prepare|threaten|vow|seek|brace|vie|want)s? (?:to|for)\b"
    r"|unknown|unclear|unconfirmed|undetermined|feared|presumed|possibl[ey]|perhaps|potential(?:ly)?"
    r"|not (?:yet|immediately) (?:\w+ )?(?:known|clear|confirmed|released|determined)"
    r"|remains? to be seen|yet to be|if)\b"
)
"""In lower case: "May" is a month, "Will" a name."""
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
NOW = re.compile(
    r"\b(?:now|current(?:ly)?|still|latest|most recent(?:ly)?|today|so far|to date|acting"
    r"|interim)\b|^[Ww]ho(?:['’]s| is) (?:the |[A-Z]\w+(?: [A-Z]\w+)*['’]s? )"
)
"""In lower case; "who is the mayor" asks for the present one."""
