"""The plots of a set, each with its caption; what was not measured has no plot."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from markupsafe import Markup

from eval.measures.calibration import Bin
from eval.report import plots
from eval.report.comparing import against_baselines, against_run, main_measure
from eval.report.risk_plot import Curve, PromisedBound, risk_coverage
from eval.report.stored import SetRun
from eval.runs.predictions import Prediction
from eval.scoring.measure_labels import label_of

Figure: TypeAlias = Mapping[str, str]
"""`title`, `caption` and `plot`; the plot is markup."""
SLICES_SHOWN = 40
READ, UNREAD = "As it runs", "Without the reader"
RISK = "Answering only the most confident questions: the share of answers that are wrong."


def figures(
    stored: SetRun, earlier: SetRun | None, unread: SetRun | None = None
) -> Iterator[Figure]:
    """In reading order; `unread` is the same set without the reader."""
    yield from _risk(stored, unread)
    yield from _reliability(stored)
    yield from _latency(stored)
    yield from _won(stored, earlier)
    yield from _slices(stored)


def _risk(stored: SetRun, unread: SetRun | None) -> Iterator[Figure]:
    own = _curve(stored)
    if own.points:
        beside = _curve(unread, UNREAD) if unread else None
        points = (_operating(each) for each in (own, beside) if each)
        yield _figure(
            "Risk and coverage",
            " ".join([RISK, *filter(None, points), _promised(stored)]).strip(),
            risk_coverage(own, beside, _bound(stored)),
        )


def _curve(stored: SetRun, label: str = READ) -> Curve:
    points = stored.curves.get("risk_coverage") or ()
    coverage, accuracy = (stored.metrics.get(name) for name in ("answered", "answered_accuracy"))
    at = None if coverage is None or accuracy is None else (coverage, 1 - accuracy)
    return Curve(label, [(covered, risk) for covered, risk in points], at)


def _operating(curve: Curve) -> str:
    """Coverage and accuracy at the threshold of the service."""
    if curve.at is None:
        return ""
    coverage, risk = curve.at
    return (
        f"{curve.label}, the service answers {coverage:.1%} of all questions, {1 - risk:.1%} of "
        "these rightly (the dot)."
    )


def _bound(stored: SetRun) -> PromisedBound | None:
    kept = (stored.curves.get("promise") or {}).get("kept")
    return PromisedBound(kept["max_wrong"], kept["coverage"]) if kept else None


def _promised(stored: SetRun) -> str:
    """What could be promised of answers to questions like these, if anything is known of it."""
    promise = stored.curves.get("promise")
    if promise is None:
        return ""
    asked, kept = promise["max_wrong"], promise["kept"]
    if kept is None:
        return "No share of wrong answers can be promised on questions like these."
    shown = (
        f"from a confidence of {kept['least_confidence']:.2f}, with 95 % confidence at most "
        f"{kept['max_wrong']:.0%} of the answers to questions like these are wrong, and "
        f"{kept['coverage']:.1%} are answered (the line)."
    )
    if kept["max_wrong"] > asked:
        return f"{asked:.0%} cannot be promised; {shown}"
    return shown.capitalize()


def _reliability(stored: SetRun) -> Iterator[Figure]:
    bins = stored.curves.get("reliability") or []
    if filled := [Bin(**each) for each in bins]:
        yield _figure(
            "Reliability",
            "On the dashed line a confidence of .7 is right 7 times in 10; below it, it promises "
            "too much.",
            plots.reliability(filled),
        )


def _latency(stored: SetRun) -> Iterator[Figure]:
    if stages := _times(stored.predictions):
        yield _figure(
            "Latency by stage",
            "Line: 5th to 95th of 100 questions; box: the middle half; bar: the median.",
            plots.latency(stages),
        )


def _won(stored: SetRun, earlier: SetRun | None) -> Iterator[Figure]:
    if earlier and (rows := against_run(stored, earlier)):
        yield _figure(
            "Against the baseline run",
            Markup(
                "Questions that do better or worse than before; "
                "<code>onrecord eval compare</code> tests them."
            ),
            plots.wins_and_losses(rows),
        )
    if rows := against_baselines(stored):
        yield _figure(
            "Against the baselines",
            "Questions on which we do better or worse than each, over the same passages.",
            plots.wins_and_losses(rows),
        )


def _slices(stored: SetRun) -> Iterator[Figure]:
    measure = main_measure(stored)
    whole = stored.intervals.get(measure) if measure else None
    if measure is None or whole is None:
        return
    rows = {label: values[measure] for label, values in stored.slices.items() if measure in values}
    if rows:
        yield _figure(
            f"{label_of(measure).label} by slice",
            "Each slice of at least 20 questions with its 95 % interval; the larger the dot, the "
            "more questions.",
            plots.forest(dict(list(rows.items())[:SLICES_SHOWN]), whole),
        )


def _figure(title: str, caption: str, plot: Markup) -> Figure:
    return {"title": title, "caption": caption, "plot": plot}


def _times(predictions: Mapping[str, Prediction]) -> dict[str, list[float]]:
    """Milliseconds of each stage, over the questions that went through it."""
    times: dict[str, list[float]] = defaultdict(list)
    for prediction in predictions.values():
        for stage, time in (prediction.timings_ms or {}).items():
            times[stage].append(time)
    return dict(times)
