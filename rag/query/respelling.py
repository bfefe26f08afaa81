"""How a misspelt name in a question was read. Knows no index."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Respelling:
    """A name that the archive does not have, and the speaker's that was searched for instead."""

    asked: str
    """As the question writes it, without titles."""
    name: str
    """The speaker's, as the archive writes it in full."""
    wrong: str
    right: str
    """The one word of the name that was changed, as written."""

    def in_text(self, text: str) -> str:
        """With the right word for the wrong one."""
        return re.sub(rf"(?<!\w){re.escape(self.wrong)}(?!\w)", lambda _: self.right, text)
