"""Benchmarks as lines for a terminal. Takes the reports of `eval.bench`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from index.language.numbers import counted

if TYPE_CHECKING:
    from eval.bench.growth import GrowthReport
    from eval.bench.limit import LimitReport
    from eval.bench.load import Load
    from eval.bench.peers import PeerReport
    from eval.bench.ratios import Ratio
    from eval.bench.speed import Speed

_MEGA = 1024 * 1024


def speed_lines(speed: "Speed", loads: "Sequence[Load]") -> list[str]:
    rows = {
        "articles": f"{speed.articles:,} in {counted(speed.passages, 'passage')}",
        "build": f"{speed.build_seconds:.1f} s, {counted(speed.embedded, 'passage')} embedded "
        f"({speed.passages_per_second:.1f} a second)",
        "index": f"{speed.index_bytes / _MEGA:.1f} MB, "
        f"with the archive {speed.data_bytes / _MEGA:.1f} MB",
        "questions": f"{speed.questions:,} asked, {speed.answered:,} answered",
        "p50": _stages(speed.p50_ms),
        "p95": _stages(speed.p95_ms),
        "memory": f"{speed.memory_mb:.0f} MB, at most {speed.peak_memory_mb:.0f} MB",
        "cold ask": ", ".join(f"{seconds:.2f} s" for seconds in speed.cold_seconds),
        **{f"{each.concurrency} at once": _load(each) for each in loads},
    }
    return [f"{name:<10} {value}" for name, value in rows.items()]


def peer_lines(report: "PeerReport") -> Iterator[str]:
    """A line for each system, then what each peer takes for our one second."""
    yield ", ".join(
        counted(number, noun)
        for number, noun in (
            (report.articles, "article"),
            (report.questions, "question"),
            (report.rounds, "round"),
        )
    )
    for each in report.systems:
        versions = ", ".join(f"{name} {version}" for name, version in each.versions.items())
        a_second = report.articles / _middle(each.index_seconds)
        yield (
            f"{each.name:<24} {a_second:6.2f} articles a second  search "
            f"{_middle(each.search_p50_ms):6.1f} ms  {counted(each.passages, 'passage')}  "
            f"({versions})"
        )
    yield "times of ours, with their intervals (above 1, we are faster):"
    for found in report.comparisons:
        fastest = "  the fastest" if found.peer == report.fastest else ""
        yield (
            f"{found.peer:<24} build {_ratio(found.build)}, without statements "
            f"{_ratio(found.build_without_statements)} (processor time "
            f"{_ratio(found.processor)}), search {_ratio(found.search)}{fastest}"
        )


def limit_lines(report: "LimitReport") -> Iterator[str]:
    encoder = report.encoder
    yield (
        f"encoder    {_middle(encoder.tokens_per_second):,.0f} tokens a second, "
        f"{_ratio(encoder.over_default)} times sentence-transformers as it comes ({encoder.engine})"
    )
    bf16 = f"{encoder.bf16_gflops:,.0f}" if encoder.bf16_gflops else "none"
    yield (
        f"machine    {encoder.fp32_gflops:,.0f} GFLOPS in fp32, {bf16} in bf16, "
        f"{encoder.int8_gops:,.0f} GOPS in int8; "
        f"the encoder does {encoder.gflops:,.0f}: "
        + ", ".join(f"{share:.0%} of {name}" for name, share in encoder.shares.items())
    )
    for each in report.stages:
        yield f"{each.stage:<10} {each.mean_ms:8.2f} ms  {each.share:6.1%}"


def growth_lines(report: "GrowthReport") -> Iterator[str]:
    """One line a size, and under each table the exponents."""
    for each in report.archives:
        yield (
            f"{each.size:>9,} articles  build {each.build_seconds:.1f} s  "
            f"add 1 {each.add_one_seconds:.2f} s  add 50 {each.add_fifty_seconds:.2f} s  "
            f"ask p50 {each.ask_p50_ms:.1f} p95 {each.ask_p95_ms:.1f} ms  "
            f"search {each.search_p50_ms:.1f} ms  "
            f"{each.resident_mb:.0f} MB  disk {each.disk_mb:.1f} MB"
        )
    yield from _exponents(report.archive_exponents)
    for store in report.stores:
        yield (
            f"{store.passages:>9,} passages  build {store.build_seconds:.1f} s  "
            f"add 50 {store.add_fifty_seconds:.2f} s  vectors {store.vectors_p50_ms:.2f} ms  "
            f"terms {store.terms_p50_ms:.2f} ms  recall {store.recall:.3f}  "
            f"{store.resident_mb:.0f} MB  disk {store.disk_mb:.1f} MB"
        )
    yield from _exponents(report.store_exponents)


def _exponents(found: Mapping[str, float]) -> Iterator[str]:
    if found:
        yield "exponents  " + "  ".join(f"{name} {value:.2f}" for name, value in found.items())


def _ratio(found: "Ratio") -> str:
    if found.low is None or found.high is None:
        return f"{found.mean:.2f}"
    return f"{found.mean:.2f} [{found.low:.2f}, {found.high:.2f}]"


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _load(load: "Load") -> str:
    return (
        f"p50 {load.p50_ms:.1f}  p95 {load.p95_ms:.1f}  (ms)  "
        f"{load.questions_per_second:.1f} answers a second"
    )


def _stages(milliseconds: Mapping[str, float]) -> str:
    return "  ".join(f"{stage} {ms:.1f}" for stage, ms in milliseconds.items()) + "  (ms)"
