"""A citation is verbatim or cannot be made; it is verified from the archive and linked to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Article, Span
from index.errors import CitationError
from index.stores.archive.archive import Archive
from rag.citations import Citation, Claim, cite, text_fragment, verify

TEXT = "The ferry sank at dawn. “Nobody — nobody — was hurt,” said Ama Osei. 😀 All well."


def article(text: str = TEXT, url: str | None = "https://post.example/ferry") -> Article:
    return Article(id="ferry", title="Ferry sinks", text=text, url=url)


def test_a_quote_that_is_not_in_the_text_cannot_be_cited() -> None:
    with pytest.raises(CitationError, match="does not read"):
        Citation(article(), 0, 9, "The fairy")


def test_an_empty_span_cannot_be_cited() -> None:
    with pytest.raises(CitationError):
        cite(article(), Span(5, 5))


@given(st.text(min_size=1, max_size=200), st.data())
def test_prefix_quote_and_suffix_are_one_stretch_of_the_text(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    citation = cite(article(text), Span(start, end))

    assert citation.prefix + citation.quote + citation.suffix in text
    assert text.startswith(citation.prefix + citation.quote, start - len(citation.prefix))


def test_a_paragraph_is_the_text_between_line_breaks() -> None:
    text = "First.\n\nSecond one. Third here.\n\nLast."
    citation = cite(article(text), Span(text.index("Third"), text.index("Third") + 5))

    start, end = citation.paragraph

    assert text[start:end] == "Second one. Third here."


def test_a_text_fragment_encodes_commas_and_hyphens() -> None:
    text = "Eul-Chul Lim, a professor, agreed."

    link = text_fragment(cite(article(text), Span(0, 13)))

    assert link == "https://post.example/ferry#:~:text=Eul%2DChul%20Lim%2C"


def test_a_long_quote_is_linked_by_its_ends() -> None:
    text = " ".join(f"word{n}" for n in range(100))

    link = text_fragment(cite(article(text), Span(0, len(text))))

    assert link is not None
    assert link.endswith("word5,word94%20word95%20word96%20word97%20word98%20word99")


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "http://[cut"],
)
def test_only_a_web_address_is_linked(url: str | None) -> None:
    assert text_fragment(cite(article(url=url), Span(0, 9))) is None


@pytest.fixture
def archive(tmp_path: object) -> Archive:
    from pathlib import Path

    archive = Archive.open(Path(str(tmp_path)) / "archive.sqlite")
    archive.put([article()])
    return archive


@pytest.mark.parametrize(
    ("start", "end", "quote", "verified", "message"),
    [
        pytest.param(0, 9, "The ferry", True, "Verbatim", id="true"),
        pytest.param(0, 9, "the ferry", False, "other text", id="altered"),
        pytest.param(1, 10, "The ferry", False, "stands at 0:9", id="moved"),
        pytest.param(0, 9999, "The ferry", False, "not a range", id="out of range"),
        pytest.param(-9, 5, "The ferry", False, "not a range", id="negative"),
        pytest.param(9, 3, "The ferry", False, "not a range", id="reversed"),
    ],
)
def test_verification_compares_character_by_character(
    archive: Archive, start: int, end: int, quote: str, verified: bool, message: str
) -> None:
    [verdict] = verify(archive, [Claim("ferry", article().revision, start, end, quote)])

    assert verdict.verified is verified
    assert message in verdict.message


def test_a_citation_of_an_earlier_revision_still_verifies(archive: Archive) -> None:
    before = article()
    archive.put([article("The ferry did not sink after all, the harbour office says.")])

    [verdict] = verify(archive, [Claim("ferry", before.revision, 0, 9, "The ferry")])
    [unknown] = verify(archive, [Claim("ferry", "0" * 64, 0, 9, "The ferry")])

    assert verdict.verified
    assert not unknown.verified


def test_a_citation_of_an_earlier_revision_says_since_when_and_whether_it_still_stands(
    archive: Archive,
) -> None:
    before = article()
    archive.put([article("The ferry did not sink after all, the harbour office says.")])
    [newest, _] = archive.revisions("ferry")
    claims = [
        Claim("ferry", before.revision, 0, 9, "The ferry"),
        Claim("ferry", before.revision, 0, 20, before.text[:20]),
        Claim("ferry", newest.revision, 0, 9, "The ferry"),
        Claim("ferry", None, 0, 9, "The ferry"),
    ]

    stands, changed, present, unnamed = verify(archive, claims)

    day = newest.recorded_at
    assert f"superseded on {day.day} {day:%B %Y}; the quote still stands" in stands.message
    assert "no longer stands" in changed.message
    assert all(each.verified for each in (stands, changed, present, unnamed))
    assert (stands.superseded_at, present.superseded_at) == (newest.recorded_at, None)
    assert present.message == unnamed.message == "Verbatim."


def test_a_citation_of_a_removed_article_no_longer_verifies(archive: Archive) -> None:
    archive.remove(["ferry"])

    [verdict] = verify(archive, [Claim("ferry", None, 0, 9, "The ferry")])

    assert not verdict.verified
    assert "ferry" in verdict.message
