"""`onrecord eval attribution`: documents marked by hand, through an attributor that is known."""

import gzip
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from eval.attribution.evaluate import AttributionParts, AttributionResult, attribution
from eval.attribution.files import annotated_lines, plain
from eval.attribution.tables import as_marked
from eval.datasets.formats.attribution import read_spoken
from eval.datasets.formats.coreference import MarkedPronoun, held_out, read_pronouns
from eval.datasets.formats.gap import read_gap
from eval.errors import DataError
from eval.scoring.gates import GateOutcome, gate
from index.documents import Article, Span
from index.statements import (
    Act,
    Origin,
    Polarity,
    Resolution,
    SourceType,
    Statement,
    StatementKind,
)
from tests.support.fakes import silent

MILL = "Ada Obi said the mill would go. She hoped it rained."
PIER = "“It floats,” said Bo Lund."
RAIN = "Ada Obi smiled. She said it would rain."
TEXTS = {"mill": MILL, "pier": PIER, "rain": RAIN}


def span(words: str, text: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def statement(text: str, source: str, cue: str, content: str, **fields: Any) -> Statement:
    place = span(source, text)
    made = Statement(
        article_id="any",
        revision="any",
        kind=StatementKind.INDIRECT,
        act=Act.SAY,
        polarity=Polarity.POSITIVE,
        cue=span(cue, text),
        lemma="say",
        content=(span(content, text),),
        source=place,
        source_type=SourceType.PERSON,
        speaker=source,
        resolution=Resolution.FULL_NAME,
        resolution_path=(place,),
        candidates=(),
        role=None,
        confidence=0.9,
        origin=Origin.PATTERN,
    )
    return replace(made, **fields)


SAID = statement(MILL, "Ada Obi", "said", "the mill would go")
HOPED = statement(MILL, "She", "hoped", "it rained", speaker="Ada Obi")
FLOATS = statement(PIER, "Bo Lund", "said", "“It floats,”", kind=StatementKind.DIRECT)
RAINS = statement(RAIN, "She", "said", "it would rain", speaker="Ada Obi")


class Known:
    """Finds in each text what it is told to."""

    def __init__(self, found: Mapping[str, Sequence[Statement]]) -> None:
        self._found = found

    def attribute(self, articles: Sequence[Article]) -> list[Sequence[Statement]]:
        return [self._found.get(article.text, ()) for article in articles]


def parts(
    found: Mapping[str, Sequence[Statement]], *, she: str | None = "Ada Obi"
) -> AttributionParts:
    lemmas = {"said": "say", "hoped": "hope"}
    return AttributionParts(lambda: Known(found), lemmas.__getitem__, lambda _text, _pronoun: she)


ALL_FOUND = {MILL: (SAID, HOPED), PIER: (FLOATS,), RAIN: (RAINS,)}


def write_gzip(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, records)).encode()))


def marked(name: str, *statements: Statement) -> dict[str, Any]:
    marks = [
        {
            role: [[each.start, each.end] for each in getattr(as_marked(made), role)]
            for role in ("source", "cue", "content")
        }
        for made in statements
    ]
    return {"doc": name, "text": TEXTS[name], "attributions": marks}


def reported(name: str, clause: str, source: str, mentions: Sequence[str]) -> dict[str, Any]:
    text = TEXTS[name]
    edu, place = span(clause, text), span(source, text)
    where = [edu.start, edu.end]
    return {
        "rel": "attribution-positive",
        "attribution_edu": where,
        "content_head_edu": where,
        "source": {
            "span": [place.start, place.end],
            "type": "person",
            "cluster_mentions": list(mentions),
        },
    }


CONLLU = """\
# newdoc id = GUM_news_{name}
1\tAda\tAda\tPROPN\tNNP\t_\t0\troot\t_\tEntity=(1-person-new
2\tObi\tObi\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3\tsmiled\tsmile\tVERB\tVBD\t_\t1\tx\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_
5\tShe\tshe\tPRON\tPRP\t_\t1\tx\t_\tEntity=(1-person-giv)
6-7\tit'd\t_\t_\t_\t_\t_\t_\t_\t_
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shelf = tmp_path / "data" / "attribution"
    write_gzip(
        shelf / "polnear" / "dev.jsonl.gz", [marked("mill", SAID, HOPED), marked("pier", FLOATS)]
    )
    reports = [reported("rain", "She said", "She", ["Ada Obi", "She"])]
    rain = {"doc": "rain", "genre": "news", "text": RAIN, "attributions": reports}
    write_gzip(shelf / "gum" / "attributions.jsonl.gz", [rain])
    (shelf / "gum" / "splits.md").write_text("## dev\n\n  * rain\n\n## train\n\n  * other\n")
    with tarfile.open(shelf / "gum" / "dep.tar.gz", "w:gz") as files:
        lines = CONLLU.format(name="rain").encode()
        member = tarfile.TarInfo("dep/rain.conllu")
        member.size = len(lines)
        files.addfile(member, io.BytesIO(lines))
    (shelf / "cues").mkdir()
    (shelf / "cues" / "polnear_train_cue_lemmas.tsv").write_text(
        "lemma\ttotal\tutterance_lexicon\nsay\t9\t1\nhope\t3\t0\n"
    )
    return tmp_path / "data"


def measure(data: Path, made: AttributionParts, *sources: str) -> dict[str, AttributionResult]:
    return {each.name: each for each in attribution(sources, data, made, progress=silent)}


def test_all_that_is_found_rightly_scores_1(data: Path) -> None:
    measured = measure(data, parts(ALL_FOUND))

    rates = {name: each.value for name, each in measured["polnear"].rates.items()}
    assert rates["source_exact_f1"] == rates["cue_exact_f1"] == rates["content_exact_f1"] == 1.0
    assert rates["speech@0.5_recall"] == rates["quote@0.5_precision"] == 1.0
    assert measured["gum"].rates["he_she_right"].value == 1.0
    assert measured["gum"].rates["source_right"].value == 1.0
    assert measured["gum"].rates["source_wrong_for_certain"].value == 0.0


def test_a_rate_says_of_how_many_it_was_taken(data: Path) -> None:
    rates = measure(data, parts({MILL: (SAID,)}))["polnear"].rates

    found = {name: (each.value, each.n) for name, each in rates.items()}
    assert found["speech@0.5_recall"] == (1 / 2, 2)
    assert found["speech@0.5_precision"] == (1.0, 1)
    assert found["quote@0.5_recall"] == (0.0, 1)
    assert found["attribution@0.5_recall"] == (1 / 3, 3)


def test_what_is_hoped_is_no_speech(data: Path) -> None:
    rates = measure(data, parts({MILL: (HOPED,)}))["polnear"].rates

    assert rates["attribution@0.5_precision"].value == 1.0
    assert rates["speech@0.5_precision"].n == 0


def test_a_wrong_name_and_no_name_are_not_right_and_only_the_first_is_wrong(data: Path) -> None:
    wrong = replace(RAINS, speaker="Bo Lund")
    unsure = replace(RAINS, speaker=None, resolution=Resolution.UNRESOLVED)

    mistaken = measure(data, parts({RAIN: (wrong,)}, she="Bo Lund"), "gum")["gum"].rates
    careful = measure(data, parts({RAIN: (unsure,)}, she=None), "gum")["gum"].rates

    assert mistaken["he_she_right"].value == careful["he_she_right"].value == 0.0
    assert mistaken["source_right"].value == careful["source_right"].value == 0.0
    assert mistaken["source_wrong_for_certain"].value == 1.0
    assert "source_wrong_for_certain" not in careful


def test_any_file_in_the_same_layout_can_be_measured(data: Path) -> None:
    part = data / "test.jsonl.gz"
    write_gzip(part, [marked("pier", FLOATS)])

    [measured] = attribution([str(part)], data, parts(ALL_FOUND), progress=silent)

    assert measured.name == "test"
    assert measured.costs["articles"] == 1
    assert measured.costs["seconds_per_article"] >= 0


def test_a_missing_set_is_reported(data: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="absent"):
        measure(data, parts({}), "absent.jsonl")
    with pytest.raises(DataError, match="neither polnear/ nor gum/"):
        measure(tmp_path / "nowhere", parts({}))


def test_pronouns_are_those_of_somebody_named(data: Path) -> None:
    found = read_pronouns(data / "attribution" / "gum" / "dep.tar.gz", {"rain": RAIN})

    assert found == {"rain": [MarkedPronoun(span("She", RAIN), ("Ada Obi",))]}


GAP_COLUMNS = (
    *("ID", "Text", "Pronoun", "Pronoun-offset"),
    *("A", "A-offset", "A-coref", "B", "B-offset", "B-coref", "URL"),
)
TOLD = "Ada Obi told Mrs Lund that she had won."


def gap_row(name: str, *, right: str, start: int | None = None) -> list[str]:
    start = TOLD.index("she") if start is None else start
    marks = {each: str(each == right).upper() for each in ("A", "B")}
    first, second = ("Ada Obi", "0", marks["A"]), ("Lund", str(TOLD.index("Lund")), marks["B"])
    return [name, TOLD, "she", str(start), *first, *second, "http://x"]


def write_gap(data: Path, *rows: Sequence[str]) -> Path:
    path = data / "attribution" / "gap" / "gap-validation.tsv.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["\t".join(each) for each in (GAP_COLUMNS, *rows)]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def test_pronouns_between_two_names_are_counted_alone_and_with_the_held_out_documents(
    data: Path,
) -> None:
    write_gap(data, gap_row("one", right="A"), gap_row("two", right="B"), gap_row("3", right=""))

    rates = measure(data, parts(ALL_FOUND), "gum")["gum"].rates

    found = {name: (rate.value, rate.n) for name, rate in rates.items() if "he_she" in name}
    assert found["he_she_right"] == (1.0, 1)
    assert found["gap_he_she_right"] == (1 / 2, 2)
    assert found["with_gap_he_she_right"] == (2 / 3, 3)


def test_without_gap_nothing_is_pooled(data: Path) -> None:
    assert not [name for name in measure(data, parts(ALL_FOUND))["gum"].rates if "gap" in name]


def test_a_pronoun_that_is_not_at_its_place_and_a_missing_column_are_reported(data: Path) -> None:
    path = write_gap(data, gap_row("one", right="A", start=3))
    with pytest.raises(DataError, match="2: 'she' is not at 3"):
        read_gap(path)

    path.write_bytes(gzip.compress(b"ID\tText\none\tAda\n"))
    with pytest.raises(DataError, match="columns of GAP"):
        read_gap(path)


def test_foreign_tokens_and_missing_documents_are_reported(data: Path) -> None:
    archive = data / "attribution" / "gum" / "dep.tar.gz"

    with pytest.raises(DataError, match="'Ada' is not in its text"):
        read_pronouns(archive, {"rain": "Something else."})
    with pytest.raises(DataError, match="no document sun"):
        read_pronouns(archive, {"sun": RAIN})


def test_held_out_are_dev_and_test(tmp_path: Path) -> None:
    path = tmp_path / "splits.md"
    path.write_text("# Splits\n\n## dev\n  * a\n## test\n  * b\n## test2\n  * c\n## train\n  * d\n")

    assert held_out(path) == {"a", "b"}


def test_lemmas_of_speech_are_read_by_column_and_another_file_is_reported(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right.tsv", tmp_path / "wrong.tsv"
    right.write_text("lemma\tutterance_lexicon\nsay\t1\nhope\t0\n")
    wrong.write_text("verb\tcount\nsay\t1\n")

    assert read_spoken(right) == {"say"}
    with pytest.raises(DataError, match="utterance_lexicon"):
        read_spoken(wrong)


def test_an_article_is_read_beside_its_statements() -> None:
    article = Article("mill", "The mill", f"Headline\n\n{MILL}")
    moved = tuple(Span(each.start + 10, each.end + 10) for each in SAID.content)
    shown = replace(SAID, content=moved, source=None, cue=None)

    assert list(annotated_lines(article, [shown])) == [
        "Headline",
        MILL,
        "    | Ada Obi [full_name, indirect, say, positive, pattern, 0.90] - <-> the mill would go",
    ]


def command(made: AttributionParts, *args: str) -> Result:
    return CliRunner().invoke(app, ["eval", "attribution", *args], obj=made)


def test_the_command_prints_our_numbers_beside_the_published(data: Path) -> None:
    result = command(parts(ALL_FOUND), "--data", str(data))

    rows = [line.split() for line in result.stdout.splitlines()]
    assert result.exit_code == 0, result.output
    assert ["source", "exact", "f1", "3", "1.000"] in [row[:5] for row in rows]
    assert ["0.53", "0.51", "0.81", "0.78"] in [row[-4:] for row in rows]
    assert "Newell, Margolin and Ruths 2018" in result.stdout
    assert "3 statements in 2 articles" in result.stdout
    assert ["he", "she", "right", "1", "1.000"] in [row[:5] for row in rows]


def test_stored_numbers_are_those_printed_and_a_gate_can_check_them(
    data: Path, tmp_path: Path
) -> None:
    out, gates = tmp_path / "out", tmp_path / "gates.toml"
    gates.write_text('[gates]\n"polnear/source_exact_f1" = { min = 0.9 }\n')

    printed = json.loads(
        command(parts(ALL_FOUND), "--data", str(data), "--out", str(out), "--json").stdout
    )

    assert printed == json.loads((out / "metrics.json").read_text())
    assert printed["polnear/statements"] == 3
    assert "Bo Lund [full_name, direct" in (out / "polnear" / "statements.txt").read_text()
    assert gate(out, None, gates).outcome is GateOutcome.PASS
    assert plain([]) == {}


def test_the_command_reports_what_is_wrong_with_the_data(tmp_path: Path) -> None:
    result = command(parts({}), "--data", str(tmp_path))

    assert result.exit_code == 2
    assert "neither polnear/ nor gum/" in result.stderr
