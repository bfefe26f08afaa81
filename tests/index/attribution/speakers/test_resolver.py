"""From sources to speakers."""

import re

import pytest

from index.attribution.annotations import Attribution
from index.attribution.entities.mentions import find_mentions
from index.attribution.quotations import find_quotes
from index.attribution.speakers.resolver import resolve_statements
from index.documents import Article, Span
from index.statements import Origin, Polarity, Resolution, SourceType, Statement

CUES = "said|says|told|added|wrote"


def marked(marked_text: str) -> tuple[str, list[Attribution]]:
    """Text in which {s:source}, {c:cue} and {t:content} are marked; a full stop ends each one."""
    text, found, roles = "", list[Attribution](), dict[str, list[Span]]()
    for piece in re.split(r"(\{[sct]:[^}]*\}|\|)", marked_text):
        if piece == "|":
            found.append(_made(roles))
            roles = {}
        elif piece.startswith("{"):
            roles.setdefault(piece[1], []).append(Span(len(text), len(text) + len(piece) - 4))
            text += piece[3:-1]
        else:
            text += piece
    return text, [*found, _made(roles)]


def _made(roles: dict[str, list[Span]]) -> Attribution:
    source, cue, content = (tuple(roles.get(role, ())) for role in "sct")
    return Attribution(source, cue, content, confidence=0.9, origin=Origin.PATTERN)


def read(marked_text: str) -> tuple[str, list[Statement]]:
    text, found = marked(marked_text)
    made = resolve_statements(Article("a", "", text), found, find_mentions(text), find_quotes(text))
    return text, made


def last(marked_text: str) -> tuple[str | None, Resolution]:
    text, made = read(marked_text)
    for each in made:
        place = each.resolution_path[-1] if each.resolution_path else None
        assert each.speaker == (place.of(text) if place else None)
    return made[-1].speaker, made[-1].resolution


LEE = "Nadia Minyoung Lee, a senior fellow at the Harbour Institute, arrived. "


@pytest.mark.parametrize(
    ("text", "speaker", "way"),
    [
        pytest.param(
            "{s:Nadia Minyoung Lee} {c:said} {t:it rained}.",
            "Nadia Minyoung Lee",
            Resolution.FULL_NAME,
            id="full name",
        ),
        pytest.param(
            LEE + "{s:Lee} {c:told} Reuters {t:it rained}.",
            "Nadia Minyoung Lee",
            Resolution.SHORT_NAME,
            id="told Reuters",
        ),
        pytest.param(
            LEE + "{s:Harbour Institute fellow Lee} {c:said} {t:it rained}.",
            "Nadia Minyoung Lee",
            Resolution.SHORT_NAME,
            id="role before the name",
        ),
        pytest.param(
            "Mayor Ruth Okafor arrived. {t:It rained}, {s:she} {c:said}.",
            "Ruth Okafor",
            Resolution.PRONOUN,
            id="she",
        ),
        pytest.param(
            "They met Ruth Okafor, {s:who} {c:said} {t:it rained}.",
            "Ruth Okafor",
            Resolution.PRONOUN,
            id="who",
        ),
        pytest.param(
            "Senator Ruth Okafor arrived. {s:The senator} {c:said} {t:it rained}.",
            "Ruth Okafor",
            Resolution.DESCRIPTION,
            id="the senator",
        ),
        pytest.param(
            "Senator Ruth Okafor met Senator Paul Ferrow. {s:The senator} {c:said} {t:it rained}.",
            "The senator",
            Resolution.ITSELF,
            id="the senator, of two",
        ),
        pytest.param(
            "{s:His lawyer, Ana Gomez,} {c:said} {t:it rained}.",
            "Ana Gomez",
            Resolution.FULL_NAME,
            id="name in apposition",
        ),
        pytest.param(
            "{s:The Corvan Central News Agency (CCNA)} {c:said} {t:it rained}.",
            "Corvan Central News Agency",
            Resolution.ITSELF,
            id="organisation",
        ),
        pytest.param(
            "The Corvan Central News Agency (CCNA) came. {s:CCNA} {c:said} {t:it rained}.",
            "Corvan Central News Agency",
            Resolution.SHORT_NAME,
            id="acronym",
        ),
        pytest.param(
            "{s:The Corvan Central News Agency just this month} {c:said} {t:it rained}.",
            "Corvan Central News Agency",
            Resolution.ITSELF,
            id="organisation and when",
        ),
        pytest.param(
            "{s:The harbour board on Tuesday} {c:said} {t:it rained}.",
            "The harbour board",
            Resolution.ITSELF,
            id="group and when",
        ),
        pytest.param(
            "{s:The board of the Tuesday market} {c:said} {t:it rained}.",
            "The board of the Tuesday market",
            Resolution.ITSELF,
            id="a day that is no adverbial",
        ),
    ],
)
def test_a_source_is_resolved_to_its_speaker(text: str, speaker: str, way: Resolution) -> None:
    assert last(text) == (speaker, way)


@pytest.mark.parametrize(
    ("source", "speaker", "kind"),
    [
        pytest.param("experts", "experts", SourceType.GROUP, id="experts"),
        pytest.param("two officials", "two officials", SourceType.GROUP, id="number"),
        pytest.param(
            "Corvan state media", "Corvan state media", SourceType.GROUP, id="state media"
        ),
        pytest.param(
            "a spokesman for Ruth Okafor",
            "a spokesman for Ruth Okafor",
            SourceType.UNNAMED,
            id="for somebody",
        ),
        pytest.param(
            "Ruth Okafor's lawyer", "Ruth Okafor's lawyer", SourceType.UNNAMED, id="somebody's"
        ),
        pytest.param(
            "an official who asked not to be named", "an official", SourceType.UNNAMED, id="clause"
        ),
        pytest.param(
            "Ruth Okafor and Paul Ferrow",
            "Ruth Okafor and Paul Ferrow",
            SourceType.GROUP,
            id="two people",
        ),
    ],
)
def test_a_source_without_a_name_never_becomes_a_person(
    source: str, speaker: str, kind: SourceType
) -> None:
    text = f"Ruth Okafor met Paul Ferrow. {{t:It rained}}, {{c:said}} {{s:{source}}}."

    made = read(text)[1][-1]

    assert (made.speaker, made.source_type) == (speaker, kind)
    assert made.resolution is Resolution.ITSELF


def test_a_surname_of_two_persons_is_ambiguous_and_never_sure() -> None:
    text = "Sarah Kim and David Kim met.\n\n{s:Kim} {c:said} {t:it rained}."

    made = read(text)[1][-1]

    assert made.resolution is Resolution.AMBIGUOUS
    assert made.candidates == ("Sarah Kim", "David Kim")
    assert made.speaker is None
    assert not made.sure


def test_a_quotation_without_a_cue_inherits_the_speaker_before_it() -> None:
    text = (
        "{t:“It rained,”} {c:said} {s:Ruth Okafor}.|\n\n{t:“It rained for days.”}"
        "|\n\nThe harbour closed.\n\n{t:“It snowed.”}"
    )

    made = read(text)[1]

    assert [(each.speaker, each.resolution) for each in made] == [
        ("Ruth Okafor", Resolution.FULL_NAME),
        ("Ruth Okafor", Resolution.INHERITED),
        (None, Resolution.UNRESOLVED),
    ]


def test_an_unclassified_name_that_speaks_is_a_person() -> None:
    assert last("It rained. {s:Tobin} {c:said} {t:it was wet}.") == (
        "Tobin",
        Resolution.SHORT_NAME,
    )


def test_the_role_and_the_path_are_spans_of_the_text() -> None:
    text, made = read(LEE + "{s:Lee} {c:said} {t:it rained}.")

    role, path = made[0].role, made[0].resolution_path

    assert role is not None
    assert role.of(text) == "a senior fellow at the Harbour Institute"
    assert [each.of(text) for each in path] == ["Lee", "Nadia Minyoung Lee"]


def test_a_statement_found_twice_is_returned_once() -> None:
    text, found = marked("{s:Ruth Okafor} {c:said} {t:it rained}.")

    made = resolve_statements(
        Article("a", "", text), [*found, *found], find_mentions(text), find_quotes(text)
    )

    assert len(made) == 1


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        pytest.param("{s:The harbour board} {c:said} {t:it rained}.", True, id="an organisation"),
        pytest.param("{s:A baker} {c:said} {t:it rained}.", True, id="a trade"),
        pytest.param("{s:A new survey} {c:said} {t:it rained}.", True, id="a text"),
        pytest.param("{s:Some of them} {c:said} {t:it rained}.", True, id="a group"),
        pytest.param("{s:The Lisk Zephyr} {c:said} {t:it rained}.", True, id="an unknown name"),
        pytest.param("{s:The earthquake} {c:said} {t:it rained}.", False, id="no speaker"),
        pytest.param("{s:Part of a plan} {c:said} {t:it rained}.", False, id="a piece"),
        pytest.param("{s:The board} {c:wants} {t:rain}.", False, id="a wish"),
        pytest.param("{s:The board} {c:wants} {t:“rain in May”}.", True, id="a wish in quotes"),
    ],
)
def test_who_cannot_speak_and_what_is_only_wished_is_less_certain(text: str, sure: bool) -> None:
    _, [statement] = read(text)

    assert (statement.confidence > 0.6) is sure


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("{s:None of the witnesses} {c:said} {t:it rained}.", Polarity.NEGATIVE),
        ("{s:No one} {c:said} {t:it rained}.", Polarity.NEGATIVE),
        ("Neither {s:Petra Vail} {c:said} {t:it rained}.", Polarity.NEGATIVE),
        ("Neither Petra Vail nor {s:Simon Gough} {c:said} {t:it rained}.", Polarity.NEGATIVE),
        ("{s:Norman Hale} {c:said} {t:it rained}.", Polarity.POSITIVE),
        ("{s:No. 4} {c:said} {t:it rained}.", Polarity.POSITIVE),
        ("Neither came. {s:Petra Vail} {c:said} {t:it rained}.", Polarity.POSITIVE),
    ],
)
def test_nobody_said_what_nobody_is_the_source_of(text: str, polarity: Polarity) -> None:
    _, [statement] = read(text)

    assert statement.polarity is polarity


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("A study of Verrin boats published this week", "A study of Verrin boats"),
        ("The letter of the clerk released on Monday", "The letter of the clerk"),
        (
            "The minister for women, children and older people",
            "The minister for women, children and older people",
        ),
        ("The mayor of Verrin, a former clerk,", "The mayor of Verrin"),
    ],
)
def test_an_office_is_whole_and_a_text_ends_before_when_it_was_published(
    source: str, speaker: str
) -> None:
    text = f"{source} said that it sails."
    cue = text.index("said")
    spans = ((Span(0, len(source)),), (Span(cue, cue + 4),), (Span(cue + 5, len(text) - 1),))
    said = Attribution(*spans, 0.9, Origin.TAGGER)

    [made] = resolve_statements(Article("a", "", text), [said], [], [])

    assert made.speaker == speaker


RAIN = "{s:Ruth Okafor} {c:said} {t:it rained}.| "
WON = "Lind won. {t:“She is a marvel,”} {s:she} {c:said}."
MARVEL = "{s:Ruth Okafor}, who trains Dana Lind, {c:said} {t:that Lind ran}.|\n\n"


@pytest.mark.parametrize(
    "text",
    [
        MARVEL + "Lind ran and Lind won. {t:“She is a marvel,”} {s:she} {c:said}.",
        MARVEL + "Lind won. {t:“Of course she is tired. I told her,”} {s:she} {c:said}.",
        MARVEL + 'Lind won. {t:"I think she’s a marvel,"} {s:she} {c:said}.',
        RAIN
        + "{s:She} {c:added} {t:it poured}.|\n\nDana Lind won. {t:“She’s well,”} {s:she} {c:said}.",
    ],
    ids=["at once", "in its first sentence", "in other marks", "after a pronoun"],
)
def test_who_says_she_of_another_is_who_spoke_before(text: str) -> None:
    assert last(text) == ("Ruth Okafor", Resolution.PRONOUN)


@pytest.mark.parametrize(
    "text",
    [
        MARVEL + "Lind won. {t:“I am a marvel,”} {s:she} {c:said}.",
        MARVEL + "Lind won. {t:“I won. Later she lost,”} {s:she} {c:said}.",
        MARVEL + "Lind won. {s:She} {c:said} {t:she was a marvel}.",
        "{s:Peter Okafor} {c:said} {t:that Dana Lind ran}.|\n\n" + WON,
        "{s:The Harbour Board} {c:said} {t:that Dana Lind ran}.|\n\n" + WON,
    ],
    ids=["of oneself", "later on", "not in quotation marks", "after a man", "after a body"],
)
def test_otherwise_the_pronoun_means_whom_it_meant(text: str) -> None:
    assert last(text) == ("Dana Lind", Resolution.PRONOUN)


def test_nobody_is_certain_to_have_said_she_of_herself() -> None:
    begun = "Dana Lind, a runner, won. Lind wept. "
    sure = read(begun + "{t:“I won,”} {s:she} {c:said}.")[1][-1]
    doubted = read(begun + "{t:“She won,”} {s:she} {c:said}.")[1][-1]

    assert (sure.speaker, doubted.speaker) == ("Dana Lind", "Dana Lind")
    assert doubted.confidence < 0.5 < sure.confidence
