"""A speaker as articles quote them: the name, what is in it, and where. Joins nobody.

What the rules read of a name again and again is read once, and kept as long as the speaker is.
"""

from dataclasses import dataclass
from functools import cached_property

from index.identity.bare_name import BareName, bare_name
from index.identity.called import called_keys
from index.language.names import name_key, name_words
from index.statements import SourceType, Speaker


@dataclass(frozen=True)
class Quoted:
    """A speaker, and the numbers of the articles with their statements."""

    speaker: Speaker
    articles: frozenset[int]

    @cached_property
    def bare(self) -> BareName:
        return bare_name(self.speaker.name)

    @cached_property
    def plain_key(self) -> str:
        """Equal for "Maren Orlov" and "Tarn's Maren Orlov", "Orm Post" and "The Orm Post"."""
        if self.bare.framed and self.bare.full:
            return self.bare.key
        opens, _, rest = self.speaker.name.partition(" ")
        body = self.speaker.type is SourceType.ORGANISATION and opens.casefold() == "the"
        return name_key(rest) if body and " " in rest else self.speaker.key

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Of the name with nothing around it: see `index.language.names.name_words`."""
        return name_words(self.bare.name)

    @cached_property
    def called(self) -> frozenset[str]:
        """Keys of other names that articles give beside the name."""
        return called_keys(self.speaker)

    @property
    def person(self) -> bool:
        return self.speaker.type is SourceType.PERSON
