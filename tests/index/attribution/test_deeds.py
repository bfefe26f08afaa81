"""A bare noun phrase after a verb of speech may be a deed, or tell what was said."""

import pytest

from index.attribution.attributor import ArticleAttributor
from index.attribution.unsaid import is_statement
from index.documents import Article
from index.statements import Polarity
from tests.support.marked_attribution import marked


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The court rejected his appeals.", "The court", "rejected", "his appeals"),
        ("A judge denied a stay of the sale.", "A judge", "denied", "a stay of the sale"),
        ("The court ruled against the port.", "The court", "ruled against", "the port"),
        ("The court ruled in favor of Lind.", "The court", "ruled in favor of", "Lind"),
        ("His lawyers challenged the decision.", "His lawyers", "challenged", "the decision"),
        ("Lind voted against the resolution.", "Lind", "voted against", "the resolution"),
        ("The clinic redacted every word.", "The clinic", "redacted", "every word"),
        ("Lind signed the harbour bill.", "Lind", "signed", "the harbour bill"),
        ("The senate passed a harbour bill.", "The senate", "passed", "a harbour bill"),
        ("Lind later walked back his comments.", "Lind", "walked back", "his comments"),
        ("The agency called the race on Monday.", "The agency", "called", "the race on Monday"),
        ("Lind called a meeting in Verrin.", "Lind", "called", "a meeting in Verrin"),
        ("The guide singles out the leaders.", "The guide", "singles out", "the leaders"),
        ("It left, citing the harbour law.", "It", "citing", "the harbour law"),
        ("Radio Orrin said so, citing police.", "Radio Orrin", "citing", "police"),
        ("Radio Orrin said so, citing Mara Lind.", "Radio Orrin", "citing", "Mara Lind"),
        ("Lind is a vocal critic of Falk.", "Lind", "is a vocal critic of", "Falk"),
        ("The board is considering cuts.", "The board", "is considering", "cuts"),
        ("The two sides agreed a trade deal.", "The two sides", "agreed", "a trade deal"),
        ("They disagree about the price of sand.", "They", "disagree about", "the price of sand"),
        ("Members supporting the ban left.", "Members", "supporting", "the ban"),
        ("The player's hopes of a title fell.", "The player's", "hopes of", "a title"),
        ("Orrin's promising pipeline fell.", "Orrin's", "promising", "pipeline"),
        ("Lind is a lawyer known for boats.", "Lind", "known for", "boats"),
        ("Falk criticised him after the vote.", "Falk", "criticised", "him after the vote"),
        ("Lind thanked them.", "Lind", "thanked", "them"),
        ("The drug has shown promise for pain.", "The drug", "has shown promise", "for pain"),
        ("Locals found out the truth.", "Locals", "found out", "the truth"),
        ("They have not responded to our request.", "They", "responded", "to our request"),
        ("Lind would not answer questions.", "Lind", "would not answer", "questions"),
        ("CORRECTION: It sails.", "CORRECTION", ":", "It sails"),
        ("Editor’s note: It sails.", "Editor’s note", ":", "It sails"),
        ("UPDATE 2: It sails.", "UPDATE 2", ":", "It sails"),
        ("CLARIFICATION: It sails.", "CLARIFICATION", ":", "It sails"),
    ],
)
def test_a_deed_is_no_statement(text: str, source: str, cue: str, content: str) -> None:
    assert not is_statement(marked(text, source, cue, content), text)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Lind highlighted the cost of sand.", "Lind", "highlighted", "the cost of sand"),
        ("Lind cited the rising cost of sand.", "Lind", "cited", "the rising cost of sand"),
        ("Lind left, citing fears of a flood.", "Lind", "citing", "fears of a flood"),
        ("Lind outlined a plan for the quay.", "Lind", "outlined", "a plan for the quay"),
        ("Lind warned of floods.", "Lind", "warned of", "floods"),
        ("Lind called for a new quay.", "Lind", "called for", "a new quay"),
        ("Lind has advocated for a wider quay.", "Lind", "advocated for", "a wider quay"),
        ("Lind called the race a farce.", "Lind", "called", "the race a farce"),
        ("Lind called them fools.", "Lind", "called", "them fools"),
        ("Lind criticised him for the delay.", "Lind", "criticised", "him for the delay"),
        ("Lind criticised the plan.", "Lind", "criticised", "the plan"),
        ("Lind rejected the claim.", "Lind", "rejected", "the claim"),
        ("Lind challenged the notion of safety.", "Lind", "challenged", "the notion of safety"),
        ("The court ruled that it sails.", "The court", "ruled", "that it sails"),
        ("Lind rejected “the appeals of fools”.", "Lind", "rejected", "“the appeals of fools”"),
        ("Lind singled out Falk for praise.", "Lind", "singled out", "Falk for praise"),
        ("Lind supports the ban.", "Lind", "supports", "the ban"),
        ("Lind answered that it sails.", "Lind", "answered", "that it sails"),
        ("Lind considers him a friend.", "Lind", "considers", "him a friend"),
        ("Lind declined to comment on it.", "Lind", "declined", "to comment on it"),
        ("Lind ordered Falk to sail.", "Lind", "ordered", "Falk to sail"),
        ("EDITOR LIND: It sails.", "EDITOR LIND", ":", "It sails"),
    ],
)
def test_a_noun_phrase_that_tells_what_was_said_is_a_statement(
    text: str, source: str, cue: str, content: str
) -> None:
    assert is_statement(marked(text, source, cue, content), text)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Xenotech announced no recall of its boats.", Polarity.NEGATIVE),
        ("Mara Lind proposed no cuts.", Polarity.NEGATIVE),
        ("Mara Lind expressed no regret.", Polarity.NEGATIVE),
        ("Mara Lind announced that no boat will sail.", Polarity.POSITIVE),
        ("Mara Lind announced a recall of its boats.", Polarity.POSITIVE),
        ("Mara Lind said no boats were lost.", Polarity.POSITIVE),
    ],
)
def test_what_is_announced_as_none_was_not_announced(text: str, polarity: Polarity) -> None:
    [made] = ArticleAttributor(None).attribute([Article("a", "", text)])[0]

    assert made.polarity is polarity


def test_a_label_of_the_paper_never_speaks() -> None:
    text = (
        "CORRECTION: An amendment was passed.\n\nLIND: It sails.\n\nFALK: It sinks.\n\n"
        "EDITOR'S NOTE: This was updated.\n\nLIND: It sails again.\n\nFALK: It sinks again."
    )

    made = ArticleAttributor(None).attribute([Article("a", "", text)])[0]

    assert {each.speaker for each in made} == {"LIND", "FALK"}
