"""Articles made of stored ones, with vectors and statements taken over."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bench.variants import (
    NoisyEmbedder,
    Stock,
    StoredAttributor,
    Variants,
    noisy,
    origin_id,
    variant_id,
)
from index.dedup.near_duplicates import similarity, sketch
from index.documents import Article
from index.text.chunking import encoder_input
from tests.support.fakes import FakeAttributor, FakeEmbedder

TEXT = (
    'Ann Weller said: "The harbour needs a deeper basin before winter." The council heard '
    "Weller twice, and every member voted for the deeper basin, although several of them had "
    "asked whether the money would be better spent on schools, libraries and the old theatre. "
)
OTHERS = [
    "Marit Solheim sailed the Grey Heron past Lindholm while passengers watched dolphins.",
    "Inspectors called repairs careless after engines failed near Ostrava on Thursday evening.",
    "Farmers around Brelin planted barley early because rivers carried little water in spring.",
]
ARTICLES = [Article("a", "Harbour basin", TEXT)] + [
    Article(f"o{n}", f"Other {n}", text) for n, text in enumerate(OTHERS)
]


def variant(number: int = 4) -> Article:
    """4, 8 and 12 are variants of the first article."""
    [found] = Variants(ARTICLES).between(number, number + 1)
    return found


def stock() -> Stock:
    vectors = {each.id: FakeEmbedder().embed_questions([each.text]) for each in ARTICLES}
    statements = zip(ARTICLES, FakeAttributor().attribute(ARTICLES), strict=True)
    return Stock(ARTICLES, vectors, {each.id: said for each, said in statements})


def test_the_first_articles_are_the_stored_ones() -> None:
    assert list(Variants(ARTICLES).between(0, 4)) == ARTICLES


def test_a_variant_has_the_shape_of_its_origin_and_other_words() -> None:
    found = variant()

    assert found.id == "a~4"
    assert len(found.text) == len(TEXT)
    assert [len(word) for word in found.text.split()] == [len(word) for word in TEXT.split()]
    assert found.text != TEXT


def test_a_name_is_the_same_throughout_a_variant() -> None:
    found = variant().text

    first, again = (found[at : at + 6] for at in (TEXT.index("Weller"), TEXT.rindex("Weller")))
    assert first == again != "Weller"


def test_variants_of_one_article_differ_and_are_the_same_each_time() -> None:
    assert variant(4) == variant(4)
    assert len({variant(number).text for number in (4, 8, 12, 16)}) == 4


def test_variants_are_no_near_duplicates() -> None:
    made = list(Variants(ARTICLES).between(0, 20))[::4]
    shingles = [sketch(each, ()).shingles for each in made]

    alike = [similarity(*pair) for pair in combinations(shingles, 2)]

    assert len(alike) == 10
    assert not any(each.close for each in alike)


def test_statements_stand_at_the_same_places_and_are_by_who_is_named_there() -> None:
    found = variant()

    [[said]] = StoredAttributor("t", stock()).attribute([found])

    [origin] = stock().statements["a"]
    assert (said.article_id, said.revision) == (found.id, found.revision)
    assert said.content == origin.content
    assert said.speaker == found.text[: len("Ann Weller")] != "Ann Weller"


def test_vectors_are_near_to_those_of_the_origin_and_differ() -> None:
    embedder = NoisyEmbedder(FakeEmbedder(), stock())
    found = embedder.expect(variant())
    texts = [encoder_input(found, part) for part in ("one", "two")]

    vectors = embedder.embed_passages(texts)

    [origin] = stock().vectors["a"]
    assert vectors @ origin == pytest.approx(0.89, abs=0.1)
    assert vectors[0] @ vectors[1] < 0.99
    assert np.array_equal(vectors, embedder.embed_passages(texts))


def test_texts_of_other_articles_are_encoded() -> None:
    real = FakeEmbedder()

    vectors = NoisyEmbedder(real, stock()).embed_passages(["A title\nNew text"])

    assert real.embedded == ["A title\nNew text"]
    assert vectors.shape == (1, 64)


@given(st.integers(0, 10_000), st.integers(1, 5))
def test_noise_leaves_unit_vectors(seed: int, rows: int) -> None:
    found = noisy(np.eye(5, 64, dtype=np.float32)[:rows], seed)

    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("article", ["a", "a~b", "rt-1"])
def test_the_origin_of_a_variant_is_known_by_its_id(article: str) -> None:
    assert origin_id(variant_id(article, 12)) == article
