"""Words by which a text tells what brought something about. Knows no answer."""

import re

CAUSED = re.compile(
    r"\b(?:due to|because|caus(?:ed|ing) by|as a result of"
    r"|blam\w+ (?:[\w’'-]+ ){0,6}?on|blam\w+ (?:by|for)"
    r"|(?:sparked|triggered|prompted|provoked|set off|started) by|stemm\w+ from|owing to"
    r"|traced? to|resulted? (?:of|from)|attributed to|the cause)\b",
    re.IGNORECASE,
)
"""Before what brought something about."""
CAUSES = re.compile(
    r"\b(?:caus(?:ed|es|ing)|(?:trigger|spark|prompt)(?:ed|ing)|provok(?:ed|ing)|led to|leading to"
    r"|set off|brought about)\b"
    r"(?! by)",
    re.IGNORECASE,
)
"""Before what was brought about."""
ASKS_CAUSE = re.compile(
    r"^what (?:(?:was|is) the cause|caused|triggered|sparked|started|led to|set off|provoked"
    r"|(?:was|were|is|are)\b.*\b(?:caused|triggered|sparked) by)\b",
    re.IGNORECASE,
)
ASKS_DEATH = re.compile(
    r"^(?:how (?:did|was|were)\b.*\b(?:die|killed|murdered)|what did\b.*\bdie (?:of|from)"
    r"|what (?:was|is)\b.*\bcause of death)\b",
    re.IGNORECASE,
)
DIED_OF = re.compile(
    r"\b(?:killed|shot|stabbed|strangled|drown\w*|poison\w*|hanged|assassinat\w+|executed|murdered"
    r"|(?:died|dies|death|dead) (?:of|from|after|when|while|by|due|because|following|in (?:an?|the)"
    r"|during)|heart (?:attack|failure)|cardiac|stroke|cancer|pneumonia|overdos\w+|suicide"
    r"|complications|crash\w*|wounds|natural causes)\b",
    re.IGNORECASE,
)
"""A text tells how somebody died."""
