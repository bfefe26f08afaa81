"""Measures by name -> the Markdown tables of README and docs.

A row whose measures are missing is left out. Knows neither files nor documents.
"""

from collections.abc import Callable, Mapping, Sequence

Value = float | Sequence[float]
"""A number, or the least and the greatest of several runs."""
Measures = Mapping[str, Value]
Rows = list[list[str]]

QUALITY_SETS = {
    "newsqa": "newsqa",
    "onestopqa": "onestopqa",
    "polnear": "polnear, who said it",
    "realtimeqa-as-of": "realtimeqa, as of each question's day",
}
QUALITY = {
    "doc@1": "article @1",
    "ev@1": "evidence @1",
    "ev@5": "evidence @5",
    "sentence@1": "right sentence @1",
}
BASELINE = "best_baseline:"
"""Before a measure: the best of BM25, vectors, reciprocal ranks and a .7/.3 hybrid."""
ABSTENTION = {
    "newsqa/auroc": "AUROC of the confidence, answerable against unanswerable",
    "newsqa/ece": "calibration error (ECE), lower is better",
    "newsqa/aurc": "area under risk and coverage (AURC), lower is better",
    "newsqa/f1": "token F1 of the short answers",
    "squad2-cross-fitted/answerable_f1": "SQuAD 2.0, reader alone, cross-fitted: F1, answerable",
    "squad2-cross-fitted/f1": "SQuAD 2.0, reader alone, cross-fitted: F1, all questions",
}
ATTRIBUTION = {
    "polnear/source_exact_f1": "PolNeAR dev, source: exact F1",
    "polnear/cue_exact_f1": "PolNeAR dev, cue: exact F1",
    "polnear/content_exact_f1": "PolNeAR dev, content: exact F1",
    "polnear/direct@0.5_recall": "PolNeAR dev, direct speech: recall",
    "polnear/direct@0.5_precision": "PolNeAR dev, direct speech: precision",
    "polnear/speech@0.5_recall": "PolNeAR dev, all speech: recall",
    "polnear/speech@0.5_precision": "PolNeAR dev, all speech: precision",
    "gum/he_she_right": 'GUM news and interviews, "he" and "she" given the right name',
    "gum/with_gap_he_she_right": "the same and GAP's validation part",
    "gum/source_right": "GUM news and interviews, source given the right name",
    "gum/source_wrong_for_certain": "GUM news and interviews, wrong name given as certain",
}
CONFIDENCE = {
    "answered_answerable": "answered, of those with an answer",
    "answered_unanswerable": "answered, of those without",
    "answered_accuracy": "right, of those answered",
}
DEFAULT_CONFIDENCE = "0.15"
SPEED = {
    "search_p50_ms": ("search, p50", "ms"),
    "search_p95_ms": ("search, p95", "ms"),
    "p50_ms": ("ask, p50", "ms"),
    "p95_ms": ("ask, p95", "ms"),
    "concurrent_p50_ms": ("ask, four clients at once, p50", "ms"),
    "concurrent_p95_ms": ("ask, four clients at once, p95", "ms"),
    "answers_per_second": ("four clients at once", "answers a second"),
    "cold_seconds": ("ask in a new process", "s"),
    "memory_mb": ("memory while answering", "MB"),
    "index_mb": ("index", "MB"),
    "data_mb": ("index with archive", "MB"),
    "passages_per_second": ("build", "passages a second"),
    "peak_memory_mb": ("memory while building", "MB"),
}


RATIOS = {
    "build": "its build over ours with statements",
    "build_without_statements": "over ours without",
    "processor": "processor time, without",
    "search": "its search over ours",
}
"""What a peer takes for each second of ours."""
ENDS = ("mean", "low", "high")


def quality(measures: Measures) -> str:
    """One row a set; in brackets the same set without the reader."""
    head = ["set, questions", *QUALITY.values(), "best baseline: article @1 / evidence @1"]
    return _table(head, [row for name in QUALITY_SETS if (row := _quality_row(name, measures))])


def abstention(measures: Measures) -> str:
    """One row a measure; in brackets the same without the reader."""
    rows = [[label, _with_unread(name, measures)] for name, label in ABSTENTION.items()]
    return _table(["measure", "value"], [row for row in rows if row[1]])


def attribution(measures: Measures) -> str:
    rows = [[label, _share(measures.get(name))] for name, label in ATTRIBUTION.items()]
    return _table(["measure", "value"], [row for row in rows if row[1]])


def confidence(measures: Measures) -> str:
    """One row a threshold."""
    levels = dict.fromkeys(name.partition("/")[0] for name in measures)
    rows = [
        [
            f"**{level}**" if level == DEFAULT_CONFIDENCE else level,
            *(_share(measures.get(f"{level}/{name}"), digits=2) for name in CONFIDENCE),
        ]
        for level in levels
    ]
    return _table(["at least", *CONFIDENCE.values()], rows)


def speed(measures: Measures) -> str:
    """One column an archive."""
    archives = list(dict.fromkeys(name.partition("/")[0] for name in measures))
    rows = [
        [label, *(_amount(measures.get(f"{archive}/{name}"), unit) for archive in archives)]
        for name, (label, unit) in SPEED.items()
    ]
    return _table(["", *archives], [row for row in rows if any(row[1:])])


def peers(measures: Measures) -> str:
    """One row a system over so many articles; ratios with their intervals."""
    systems = dict.fromkeys(name.rpartition("/")[0] for name in measures)
    head = ["", "articles a second", "search, p50", *RATIOS.values()]
    rows = [
        [
            place.partition("/")[2] + f", {place.partition('/')[0]}",
            _plain(measures.get(f"{place}/articles_per_second")),
            _amount(measures.get(f"{place}/search_p50_ms"), "ms"),
            *(_ratio([measures.get(f"{place}/{name}_{end}") for end in ENDS]) for name in RATIOS),
        ]
        for place in systems
    ]
    return _table(head, rows)


TABLES: Mapping[str, Callable[[Measures], str]] = {
    "quality": quality,
    "abstention": abstention,
    "attribution": attribution,
    "confidence": confidence,
    "speed": speed,
    "peers": peers,
}
"""By the name of the JSON file and of the marker."""


def _quality_row(name: str, measures: Measures) -> list[str]:
    cells = [_with_unread(f"{name}/{measure}", measures) for measure in QUALITY]
    if not any(cells):
        return []
    questions = measures.get(f"{name}/questions")
    label = QUALITY_SETS[name] + (f", {questions:.0f}" if isinstance(questions, int) else "")
    best = [_share(measures.get(f"{name}/{BASELINE}{each}")) for each in ("doc@1", "ev@1")]
    return [label, *cells, " / ".join(filter(None, best))]


def _with_unread(name: str, measures: Measures) -> str:
    dataset, _, measure = name.partition("/")
    unread = _share(measures.get(f"{dataset}-unread/{measure}"))
    return _share(measures.get(name)) + (f" ({unread})" if unread else "")


def _share(value: Value | None, digits: int = 3) -> str:
    """`.794`, as shares are written here; empty where nothing was measured."""
    if not isinstance(value, int | float):
        return ""
    return f"{value:.{digits}f}".removeprefix("0")


def _amount(value: Value | None, unit: str) -> str:
    """A range where several runs differ."""
    if value is None:
        return ""
    low, high = (value, value) if isinstance(value, int | float) else (value[0], value[-1])
    ends = dict.fromkeys(f"{end:.1f}" if high < 2 else f"{end:,.0f}" for end in (low, high))  # noqa: PLR2004  seconds of a cold start need a decimal
    return f"{' to '.join(ends)} {unit}"


def _plain(value: Value | None) -> str:
    return f"{value:.2f}" if isinstance(value, int | float) else ""


def _ratio(ends: Sequence[Value | None]) -> str:
    """`1.26 [1.20, 1.33]`, without an interval where there was one round."""
    mean, low, high = map(_plain, ends)
    return f"{mean} [{low}, {high}]" if low and high else mean


def _table(head: Sequence[str], rows: Rows) -> str:
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, marks, *rows])
