"""The legible copy of a text, and the places of its characters in the stored text."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Span
from index.text.legible import LegibleText, legible, legible_words

PIECES = st.sampled_from(
    (
        "a|Vale| |\n|.|“|”|e\u0301|\u00e9|\u00ad|\u200b|\u200f|\u0301|\ufb03|\ufb00|\u00a0|\u2011"
        "|👩\u200d🚒|❤\ufe0f|★|ł|\u1112\u1161\u11ab|漢"
    ).split("|")
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        pytest.param("Jose\u0301 Nu\u0301n\u0303ez", "José Núñez", id="accents written apart"),
        pytest.param("Han\u00adna Rei\u00admers", "Hanna Reimers", id="soft hyphens"),
        pytest.param("said\u200b Tess\u200b Va\u200ble", "said Tess Vale", id="zero-width spaces"),
        pytest.param("\u2066Tess Vale\u2069\u200f said", "Tess Vale said", id="direction marks"),
        pytest.param("Grif Mo\ufb00at", "Grif Moffat", id="ligature"),
        pytest.param("\uff34\uff45\uff53\uff53", "Tess", id="full width"),
        pytest.param("Tess\u00a0Vale", "Tess Vale", id="no-break space"),
        pytest.param("Jae\u2011hyun", "Jae-hyun", id="no-break hyphen"),
        pytest.param("Tess Vale 👩\u200d🚒 said", "Tess Vale said", id="emoji between words"),
        pytest.param("Tess👩🏽\u200d🚒said", "Tess said", id="emoji without spaces"),
        pytest.param("★ Tess Vale ❤\ufe0f❤\ufe0f", "Tess Vale", id="symbols at the ends"),
        pytest.param("“Yes 🎪,” he said", "“Yes,” he said", id="emoji before a mark"),
        pytest.param("“Ja” — ½ of 5 °C, 田中", "“Ja” — ½ of 5 °C, 田中", id="nothing to change"),
    ],
)
def test_a_copy_reads_as_a_reader_sees_it(stored: str, read: str) -> None:
    assert legible(stored).text == read


@given(TEXTS)
def test_a_copy_is_composed_and_a_copy_of_it_is_the_same(stored: str) -> None:
    read = legible(stored).text

    assert unicodedata.is_normalized("NFC", read) or "\u0301" in read
    assert not set("\u00ad\u200b\u200f\u00a0\u2011★") & set(read)


@given(TEXTS, st.data())
def test_a_part_of_the_copy_is_found_in_the_stored_text(stored: str, data: st.DataObject) -> None:
    copy = legible(stored)
    if not copy.text:
        return
    start = data.draw(st.integers(0, len(copy.text) - 1))
    end = data.draw(st.integers(start + 1, len(copy.text)))

    place = copy.stored(Span(start, end))

    assert 0 <= place.start < place.end <= len(stored)
    assert " ".join(copy.text[start:end].split()) in legible_words(place.of(stored))


def test_what_is_invisible_at_the_ends_of_a_name_is_not_part_of_it() -> None:
    stored = "said \u200bHan\u00adna\u00ad\u200b, then"
    copy = legible(stored)

    place = copy.stored(Span(copy.text.index("Hanna"), copy.text.index(",")))

    assert place.of(stored) == "Han\u00adna"


def test_a_copy_of_a_copy_leads_back_to_the_stored_text() -> None:
    stored = "Han\u00adna X Reimers"
    copy = legible(stored).rewritten(re.compile(" X"), lambda match: "")

    assert copy.text == "Hanna Reimers"
    assert copy.stored(Span(0, len(copy.text))).of(stored) == stored


def test_a_text_in_ascii_is_its_own_copy() -> None:
    assert legible("Plain text.") == LegibleText("Plain text.")
