"""How a question is put: politely, for an explanation, for yes or no."""

import re

from rag.query.answer_type import MEASURED

_POLITE = re.compile(
    r"\A(?:please\s+)?(?:(?:do|does|can|could|would|will)\s+(?:you|anyone|anybody|someone|somebody)"
    r"\s+(?:please\s+|happen to\s+)?(?:know|say|tell(?:\s+(?:me|us))?|explain|remember|recall)"
    r"|(?:please\s+)?tell\s+(?:me|us)|(?:i|we)\s+(?:wonder|want to know|would like to know)),?\s+"
    r"(?=(?:in\s+|on\s+|at\s+)?(?:who|whom|whose|what|which|when|where|why|how)\b)",
    re.IGNORECASE,
)
_EXPLAINING = re.compile(rf"\s*(?:why|how(?!\s+(?:{MEASURED})))\b", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might"
    r"|must)(?:n['’]t)?\b(?!.*\b(?:or|which|what|how (?:many|much))\b)",
    re.IGNORECASE,
)


def wants_explanation(question: str) -> bool:
    """Why, and how: what sentences answer."""
    return bool(_EXPLAINING.match(_plain(question)))


def is_yes_or_no(question: str) -> bool:
    """Not one that lets choose, nor one that asks for a thing on the way: "or", "which"."""
    return bool(_YES_OR_NO.match(_plain(question)))


def _plain(question: str) -> str:
    """Without "Could you tell me" before what is asked."""
    return _POLITE.sub("", question)
