"""From an article to its statements."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.annotations import Attribution, Mention
from index.attribution.attributor import ArticleAttributor, load_attributor
from index.attribution.tagger.tagger import TaggerOutput
from index.documents import Article, Span
from index.statements import Origin, Statement


@dataclass(frozen=True)
class FixedTagger:
    """Finds one attribution in every text that holds its words."""

    source: str
    cue: str
    content: str
    identity: str = "fixed"

    def read(self, texts: Sequence[str]) -> list[TaggerOutput]:
        return [self._reading(text) for text in texts]

    def _reading(self, text: str) -> TaggerOutput:
        spans = [_span(text, words) for words in (self.source, self.cue, self.content)]
        if None in spans:
            return TaggerOutput((), ())
        source, cue, content = ((span,) for span in spans if span)
        attribution = Attribution(source, cue, content, 0.8, Origin.TAGGER)
        return TaggerOutput((attribution,), (Mention(source[0], "PER"),))


def _span(text: str, words: str) -> Span | None:
    start = text.find(words)
    return Span(start, start + len(words)) if start >= 0 else None


def attribute(text: str) -> list[Statement]:
    return ArticleAttributor(None).attribute([Article("a", "", text)])[0]


def test_a_quotation_with_its_speaker_becomes_a_statement() -> None:
    text = "Ruth Okafor opened the bridge. “It is safe to cross,” she said on Monday."

    made = attribute(text)

    assert [(each.speaker, text[each.content[0].start : each.content[0].end]) for each in made] == [
        ("Ruth Okafor", "“It is safe to cross,”")
    ]


def test_words_in_boilerplate_are_not_attributed() -> None:
    text = (
        "Ruth Okafor said the bridge was safe.\n\n"
        "Sign up for our newsletter: “It is the best,” said Paul Ferrow, in your inbox."
    )

    assert {each.speaker for each in attribute(text)} == {"Ruth Okafor"}


def test_the_attributions_and_names_of_the_tagger_are_used() -> None:
    tagger = FixedTagger("tobin", "mused", "the bridge was safe")
    text = "as tobin mused, the bridge was safe."

    made = ArticleAttributor(tagger).attribute([Article("a", "", text)])[0]

    assert [(each.speaker, each.lemma) for each in made] == [("tobin", "muse")]


def test_the_identity_names_the_rules_and_the_tagger() -> None:
    with_tagger = ArticleAttributor(FixedTagger("a", "b", "c"))

    assert with_tagger.identity.endswith("+fixed")
    assert with_tagger.identity != ArticleAttributor(None).identity


def test_each_article_has_its_own_statements_in_order() -> None:
    articles = [
        Article("a", "", "Ruth Okafor said the bridge was safe."),
        Article("b", "", "It rained."),
        Article("a", "", "Paul Ferrow said it was not."),
    ]

    found = load_attributor().attribute(articles)

    assert [[each.speaker for each in made] for made in found] == [
        ["Ruth Okafor"],
        [],
        ["Paul Ferrow"],
    ]


@pytest.mark.slow
def test_a_long_text_is_read_in_blocks_with_spans_of_the_whole() -> None:
    line = "Ruth Okafor said the bridge was safe.\n\n"
    text = line * 6_000

    made = attribute(text)

    assert len(made) == 6_000
    path = made[-1].resolution_path[-1]
    assert path.of(text) == made[-1].speaker == "Ruth Okafor"
    assert made[-1].content[0].end > len(text) - len(line)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("MAYOR RUTH OKAFOR SAID THE BRIDGE WAS SAFE", id="all capitals"),
        pytest.param("“It is safe,” said nobody “at all\n\nThe end.", id="unbalanced"),
        pytest.param("Q. Is it safe?\nA. It is.\nQ: Sure?\nA: Yes.", id="questions and answers"),
        pytest.param("X said Y. Y said X. “Z,” Z said.", id="names of one letter"),
        pytest.param("田中は「安全だ」と述べた。Иван Петров сказал: «Да».", id="other scripts"),
        pytest.param("O wind, said I, of night\nand rain, said she, of light", id="a poem"),
    ],
)
def test_unusual_texts_give_no_invented_speakers(text: str) -> None:
    made = attribute(text)

    for each in made:
        spans = [*each.content, *each.resolution_path, *filter(None, (each.cue, each.source))]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert each.speaker is None or each.speaker in text


@given(st.text(alphabet="Ruth Okafor said she “”\"'.,\n:—(he) told who, a 9é", max_size=300))
def test_no_text_raises_and_every_speaker_is_text_of_the_article(text: str) -> None:
    for each in attribute(text):
        if each.speaker is not None:
            place = each.resolution_path[-1]
            assert each.speaker == place.of(text)
