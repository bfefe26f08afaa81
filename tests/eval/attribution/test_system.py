"""The resolver asked as the evaluation asks it."""

from collections.abc import Sequence

from eval.attribution.system import PronounNames, names_by
from index.attribution.annotations import Mention
from index.attribution.tagger.tagger import TaggerOutput
from index.documents import Span

TEXT = "Ada Obi runs the mill. She said it would close in the spring."
NAMES = [Mention(Span(0, 7), "PER")]
SHE = Span(23, 26)


def test_a_pronoun_is_resolved_to_the_name_of_its_referent() -> None:
    assert PronounNames(lambda _: NAMES)(TEXT, SHE) == "Ada Obi"


def test_without_names_a_pronoun_has_no_referent() -> None:
    assert PronounNames(lambda _: [])(TEXT, SHE) is None


def test_a_text_is_resolved_once_for_all_its_pronouns() -> None:
    read: list[str] = []

    def names_in(text: str) -> list[Mention]:
        read.append(text)
        return NAMES

    names = PronounNames(names_in)
    names(TEXT, SHE)
    names(TEXT, SHE)

    assert read == [TEXT]


class Greedy:
    """A tagger that takes the verb into the name."""

    identity = "greedy"

    def read(self, texts: Sequence[str]) -> list[TaggerOutput]:
        return [TaggerOutput((), (Mention(Span(0, 12), "PER"),)) for _ in texts]


def test_names_are_repaired_as_for_an_article() -> None:
    assert PronounNames(names_by(Greedy()))(TEXT, SHE) == "Ada Obi"
    assert PronounNames(names_by(None))(TEXT, SHE) == "Ada Obi"
