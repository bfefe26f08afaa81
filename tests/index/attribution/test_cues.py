"""Reporting words: lemma, act and polarity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.cues import (
    act_of,
    does_a_deed,
    is_heard,
    is_passive,
    is_speech,
    lemma_of,
    polarity_of,
)
from index.documents import Span
from index.statements import Act, Polarity


@pytest.mark.parametrize(
    ("cue", "lemma"),
    [
        ("said", "say"),
        ("has been saying", "say"),
        ("told", "tell"),
        ("According to", "according to"),
        ("has repeatedly denied", "deny"),
        ("went on to argue", "argue"),
        ("laughed and said", "say"),
        ("denied telling", "deny"),
        ("also pointed out", "point out"),
        ("made it clear", "make clear"),
        ("hit back at", "hit back"),
        ("spoke out against", "speak out"),
        ("called for", "call for"),
        ("called", "call"),
        ("warned of", "warn"),
        ("expressed concern", "express"),
        ("declined to comment", "decline"),
        ("refused to say", "refuse"),
        ("said in a statement", "say"),
        ("replied", "reply"),
        ("admitted", "admit"),
        ("wrote", "write"),
        ("thought", "think"),
        ("’s claim", "claim"),
        ("her belief", "belief"),
        ("grunted", "grunt"),
        (":", ""),
        ("", ""),
    ],
)
def test_a_cue_has_the_lemma_of_its_most_telling_word(cue: str, lemma: str) -> None:
    assert lemma_of(cue) == lemma


@pytest.mark.parametrize(
    ("lemma", "act"),
    [
        ("say", Act.SAY),
        ("according to", Act.SAY),
        ("ask", Act.ASK),
        ("deny", Act.DENY),
        ("announce", Act.ANNOUNCE),
        ("estimate", Act.REPORT),
        ("believe", Act.ATTITUDE),
        ("fear", Act.ATTITUDE),
        ("statement", Act.SAY),
        ("belief", Act.ATTITUDE),
        ("", Act.SAY),
    ],
)
def test_each_lemma_is_an_act(lemma: str, act: Act) -> None:
    assert act_of(lemma) is act


def test_speech_is_distinguished_from_attitudes() -> None:
    spoken = [lemma for lemma in ("say", "deny", "according to", "warning", "") if is_speech(lemma)]
    held = [lemma for lemma in ("want", "hope", "expect", "belief", "wobble") if is_speech(lemma)]

    assert spoken == ["say", "deny", "according to", "warning", ""]
    assert held == []


@pytest.mark.parametrize(
    ("text", "cue", "polarity"),
    [
        ("She said it would rain.", "said", Polarity.POSITIVE),
        ("She denied it.", "denied", Polarity.POSITIVE),
        ("She declined to comment.", "declined", Polarity.NEGATIVE),
        ("She refused to say why.", "refused to say", Polarity.NEGATIVE),
        ("She did not say why.", "did not say", Polarity.NEGATIVE),
        ("She did not say why.", "say", Polarity.NEGATIVE),
        ("She didn’t immediately respond.", "respond", Polarity.NEGATIVE),
        ("She has never said so.", "has never said", Polarity.NEGATIVE),
        ("She had no comment.", "had no comment", Polarity.NEGATIVE),
        ("It was not. She said so.", "said", Polarity.POSITIVE),
        ("She not only said so, she wrote it.", "said", Polarity.POSITIVE),
        ("Nobody knew of another note, she said.", "said", Polarity.POSITIVE),
        ("She denied telling him that it rained.", "denied telling", Polarity.NEGATIVE),
        ("She denied saying that it rained.", "denied", Polarity.NEGATIVE),
        ("She denied ever calling it a mistake.", "denied ever calling", Polarity.NEGATIVE),
        ("She denied having said that it rained.", "denied", Polarity.NEGATIVE),
        ("She denied that she had said it rained.", "denied", Polarity.NEGATIVE),
        ("She denied on Monday that she ever promised it.", "denied", Polarity.NEGATIVE),
        ("She rejected claims that she had called it late.", "rejected", Polarity.NEGATIVE),
        ("She stopped short of saying why.", "stopped short of saying", Polarity.NEGATIVE),
        ("She failed to mention the rain.", "failed to mention", Polarity.NEGATIVE),
        ("She left without saying why.", "saying", Polarity.NEGATIVE),
        ("She denied that it rained.", "denied", Polarity.POSITIVE),
        ("She denied the charge and said it rained.", "denied", Polarity.POSITIVE),
        ("She denied that Ann had said so.", "denied", Polarity.POSITIVE),
        ("She denied stealing the boat.", "denied", Polarity.POSITIVE),
        ("She insisted that she had not said so.", "insisted", Polarity.POSITIVE),
    ],
)
def test_a_statement_that_was_not_made_is_negative(text: str, cue: str, polarity: Polarity) -> None:
    start = text.index(cue)

    assert polarity_of(text, Span(start, start + len(cue))) is polarity


@given(st.text())
def test_any_words_have_a_lemma_an_act_and_a_polarity(text: str) -> None:
    lemma = lemma_of(text)

    assert isinstance(act_of(lemma), Act)
    assert polarity_of(text + "x", Span(0, len(text) + 1)) in Polarity


@pytest.mark.parametrize("cue", ["opened the debate", "joined the protest", "signed a statement"])
def test_a_deed_with_a_noun_for_speech_is_no_report(cue: str) -> None:
    assert does_a_deed(cue)


@pytest.mark.parametrize("cue", ["made a statement", "gave the answer", "said", "told the panel"])
def test_a_light_verb_with_a_noun_for_speech_reports(cue: str) -> None:
    assert not does_a_deed(cue)


@pytest.mark.parametrize("cue", ["was told", "has not been told", "is best known as"])
def test_a_form_of_be_before_a_participle_is_a_passive(cue: str) -> None:
    assert is_passive(cue)


@pytest.mark.parametrize("cue", ["said", "was saying", "was quoted as saying", "told"])
def test_an_active_cue_is_no_passive(cue: str) -> None:
    assert not is_passive(cue)
    assert not is_heard(cue)


def test_whoever_heard_or_was_told_only_listens() -> None:
    assert is_heard("heard")
    assert is_heard("were told")
    assert is_heard("learned from")
    assert not is_heard("was announced")
