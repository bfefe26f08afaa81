"""The speaker whom a statement in a list belongs to."""

import pytest

from api.terminal.statements import speaker_of
from index.statements import SourceType, Speaker
from tests.support.fakes_api import CALDER


def speaker(name: str, *also: str) -> Speaker:
    return Speaker(name.lower(), name, SourceType.PERSON, (), (), 1, 1, also=also)


@pytest.mark.parametrize(
    ("known", "whose"),
    [
        (speaker("Ines Calder"), True),
        (speaker("Ines Maria Calder"), True),
        (speaker("Inez Kalder", "ines calder"), True),
        (speaker("Inez Kalder"), False),
        (speaker("Tobias Renn"), False),
    ],
)
def test_a_statement_under_another_spelling_is_of_the_same_speaker(
    known: Speaker, whose: bool
) -> None:
    assert (speaker_of(CALDER, [known]) is known) is whose
