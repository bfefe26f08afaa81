"""Runs of invented questions over invented articles, lost at every stage there is."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import numpy as np

from eval.datasets.questions import Dataset
from eval.runs.files import write_json
from eval.runs.predictions import PredictedCitation, Prediction, RankedItem, write
from eval.scoring.results import AskedSet, score_all, write_datasets
from index.documents import Article, Span
from index.text.sentences import sentences

TOWNS = ("Port Alder", "Marrow Hill", "Saltby", "Netherquay", "Oxmere", "Thornwick", "Gull Bay")
WORKS = ("swing bridge", "seed library", "tram line", "ice rink", "sea wall", "night market")
PEOPLE = ("Ines Calder", "Tobias Renn", "Maud Ferrier", "Jon Abara", "Lise Holm", "Otto Brandt")
OUTLETS = ("The Quay Courier", "Island Tidings", "Marrow Gazette")
REVISION = "9f2c41d7a0b35e86"
NASTY = "</script><script>document.title = 'owned'</script><b>& \"quoted\"</b>"
"""What no report may let through as markup; the last article is about it."""
STAGES = ("right", "retrieval", "evidence", "reading", "refused", "cited elsewhere")
ODDS = (0.5, 0.12, 0.1, 0.14, 0.09, 0.05)


def make_data(folder: Path, *, towns: Sequence[str] = TOWNS) -> Path:
    """A set called `harbour` in our own layout: three questions about every article."""
    (folder / "harbour").mkdir(parents=True)
    articles = [_article(i, town, work) for i, (town, work) in enumerate(product(towns, WORKS))]
    articles.append({**_article(len(articles), "Saltby", NASTY), "title": f"Vote on {NASTY}"})
    questions = [question for article in articles for question in _questions(article)]
    _write(folder / "harbour" / "articles.jsonl", articles)
    _write(folder / "harbour" / "questions.jsonl", questions)
    return folder


def make_run(folder: Path, data: Path, *, seed: int = 0) -> Path:
    """Predictions drawn at random, scored as any run is."""
    asked = AskedSet.named("harbour", data, limit=None, as_of=False)
    draw = np.random.default_rng(seed)
    (folder / "harbour").mkdir(parents=True)
    with (folder / "harbour" / "predictions.jsonl").open("w", encoding="utf-8") as file:
        write(predicted(asked.dataset, draw), file)
    write_datasets(folder, [asked])
    score_all(folder, [asked])
    write_json(folder / "environment.json", _environment(seed))
    return folder


def predicted(dataset: Dataset, draw: np.random.Generator) -> list[Prediction]:
    """Of every question but the last, which has none; the one before it brought an error."""
    articles = {article.id: article for article in dataset.articles}
    found = []
    for question in dataset.questions[:-2]:
        gold = question.gold[0] if question.gold else None
        stage = str(draw.choice(STAGES, p=ODDS))
        target = articles[gold.article] if gold else None
        found.append(
            _predict(question.id, target, gold.start if gold else None, stage, articles, draw)
        )
    return [*found, Prediction(dataset.questions[-2].id, error="ModelError: weights are missing")]


def _predict(
    id: str,
    target: Article | None,
    at: int | None,
    stage: str,
    articles: dict[str, Article],
    draw: np.random.Generator,
) -> Prediction:
    others = [articles[name] for name in draw.permutation(sorted(articles))[:14]]
    passages = [
        _ranked(article, _paragraphs(article)[2], draw) for article in others if article != target
    ]
    sure = float(draw.beta(5, 2) if stage == "right" and target else draw.beta(2, 3))
    if target is not None and at is not None and stage != "retrieval":
        paragraph = next(p for p in _paragraphs(target) if p.start <= at < p.end)
        if stage == "evidence":
            paragraph = _paragraphs(target)[2]
        passages.insert(int(draw.integers(0, 3)), _ranked(target, paragraph, draw))
    passages = _descending(passages)
    read = _descending(
        [_ranked(articles[p.article], s, draw) for p, s in _read(passages, articles)]
    )
    if target is not None and at is not None and stage in {"right", "refused", "cited elsewhere"}:
        read = _descending(sorted(read, key=lambda s: not _holds(s, target.id, at)))
    answered = stage != "refused" if target else sure > 0.55
    best = read[-1] if stage == "cited elsewhere" else read[0]
    cited = (_cite(best, articles[best.article]),) if answered else ()
    return Prediction(
        question=id,
        passages=tuple(passages),
        sentences=tuple(read),
        gold_sentences=tuple(each for each in read if target and each.article == target.id),
        answered=answered,
        text=cited[0].quote if cited else "",
        confidence=sure,
        citations=cited,
        reason=None if answered else "low_confidence",
        timings_ms=_timings(draw),
    )


def _article(number: int, town: str, work: str) -> dict[str, object]:
    person, other = PEOPLE[number % len(PEOPLE)], PEOPLE[(number + 1) % len(PEOPLE)]
    cost = f"£{3 + number * 7 % 41}.{number % 9} million"
    day = datetime(2025, 1, 6, 9, 30, tzinfo=UTC) + timedelta(days=3 * number)
    text = (
        f"The council of {town} voted on Tuesday to go ahead with the {work}, after a winter of "
        f"letters, two petitions and one long night in the town hall.\n\n"
        f"Building will cost {cost}, a third of it lent by the county. Work begins in the spring "
        f"and should be over within two years, if the ground holds.\n\n"
        f"“We have waited for this since my mother was at school,” said {person}, who leads the "
        f"council. {other}, the treasurer, voted against it and called the sum a leap in the dark. "
        f"🚢 The ferries will run as usual.\n\n"
        f"Residents can see the drawings in the library of {town} until the end of the month."
    )
    return {
        "id": f"{town.lower().replace(' ', '-')}-{number:02}",
        "title": f"{town} says yes to the {work}",
        "text": text,
        "outlet": OUTLETS[number % len(OUTLETS)],
        "published_at": day.isoformat(),
        "cost": cost,
        "about": f"{work}|{town}|{person}",
    }


def _questions(article: dict[str, object]) -> list[dict[str, object]]:
    id, text, cost = str(article["id"]), str(article["text"]), str(article.pop("cost"))
    work, town, person = str(article.pop("about")).split("|")
    quote = text[text.index("“") : text.index("”") + 1]
    return [
        _question(f"{id}-cost", f"How much will the {work} in {town} cost?", id, text, cost)
        | {"texts": [cost], "tags": ["qtype=how_much"]},
        _question(f"{id}-said", f"What did {person} say about the {work}?", id, text, quote)
        | {"tags": ["who_said"]},
        {
            "id": f"{id}-rail",
            "question": f"Which railway paid for the {work} in {town}?",
            "answerable": False,
            "tags": ["other_events"],
        },
    ]


def _question(id: str, asked: str, article: str, text: str, answer: str) -> dict[str, object]:
    start = text.index(answer)
    paragraph = text.rfind("\n", 0, start) + 1, text.index("\n", start)
    whole = next(s for s in sentences(text, Span(*paragraph)) if s.start <= start < s.end)
    return {
        "id": id,
        "question": asked,
        "answers": [{"article": article, "start": start, "end": start + len(answer)}],
        "evidence": [{"article": article, "start": whole.start, "end": whole.end}],
    }


def _paragraphs(article: Article) -> list[Span]:
    spans, start = [], 0
    for part in article.text.split("\n\n"):
        spans.append(Span(start, start + len(part)))
        start += len(part) + 2
    return spans


def _read(
    passages: list[RankedItem], articles: dict[str, Article]
) -> list[tuple[RankedItem, Span]]:
    return [
        (passage, span)
        for passage in passages[:6]
        for span in sentences(articles[passage.article].text, Span(passage.start, passage.end))
    ]


def _ranked(article: Article, span: Span, draw: np.random.Generator) -> RankedItem:
    lexical, dense = float(draw.gamma(3, 4)), float(draw.beta(4, 4))
    return RankedItem(article.id, span.start, span.end, 0.0, lexical, dense)


def _descending(ranked: list[RankedItem]) -> list[RankedItem]:
    return [replace(each, score=1 - i / 100) for i, each in enumerate(ranked)]


def _holds(place: RankedItem, article: str, at: int) -> bool:
    return place.article == article and place.start <= at < place.end


def _cite(place: RankedItem, article: Article) -> PredictedCitation:
    published = article.published_at.isoformat() if article.published_at else None
    quote = article.text[place.start : place.end]
    return PredictedCitation(
        article.id, article.revision, place.start, place.end, quote, article.outlet, published, True
    )


def _timings(draw: np.random.Generator) -> dict[str, float]:
    means = {"open": 0.02, "embed": 11.0, "retrieve": 3.2, "read": 6.0, "decide": 0.4, "cite": 0.2}
    stages = {name: round(float(draw.lognormal(np.log(ms), 0.35)), 3) for name, ms in means.items()}
    return {**stages, "total": round(sum(stages.values()), 3)}


def _environment(seed: int) -> dict[str, object]:
    return {
        "written_at": "2026-03-04T05:06:07+00:00",
        "git": {"revision": REVISION, "dirty": seed > 0},
        "versions": {"onrecord": "0.1.0", "numpy": "2.3.0"},
        "python": "3.11.9",
        "platform": "Linux",
        "cpu": {"model": "An Invented Processor", "flags": ["avx2"], "cores": 2},
        "seeds": {"score": seed},
        "settings": {"passage_tokens": 180},
    }


def _write(path: Path, records: list[dict[str, object]]) -> None:
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("\n".join(lines) + "\n", "utf-8")
