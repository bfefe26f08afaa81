"""How near we are to the machine's limit, and where the milliseconds of an ask go, by stage."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from eval.bench.interleaving import interleaved
from eval.bench.processes import Run
from eval.bench.programs.protocol import Request
from eval.bench.ratios import Ratio, ratio
from eval.bench.speed import ask_all, by_stage
from index.errors import OnRecordError
from index.neural.embedder import Embedder, bundled_folder
from index.progress import Progress
from index.settings import BUNDLED_EMBEDDER
from rag.service import Service

PASSAGES = 256
CONFIG = "config.json"
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class EncoderSpeed:
    """The encoder of passages beside what the machine can do; one value a round."""

    engine: str
    """The one chosen on this machine."""
    passages: int
    tokens: int
    """Word-pieces that the encoder reads, special ones included and padding not."""
    tokens_per_second: tuple[float, ...]
    default_tokens_per_second: tuple[float, ...]
    """sentence-transformers with the same model and texts, as it comes."""
    over_default: Ratio
    fp32_gflops: float
    """Of a large matrix product; the best of all rounds."""
    bf16_gflops: float | None
    """None on a processor without bf16."""
    int8_gops: float
    gflops: float
    """What our encoder's matrix products come to in the median round, in whatever precision."""

    @property
    def shares(self) -> dict[str, float]:
        """Of each ceiling that there is; in int8, more than 1 of the others is possible.

        Only an encoder in int8 has that ceiling, and reaches it with its weights alone: attention
        is multiplied in bf16 or fp32. A processor without instructions for int8 has none either:
        what is measured there is how slowly torch does without.
        """
        ceilings = {"fp32": self.fp32_gflops, "bf16": self.bf16_gflops}
        if self.engine.endswith("-int8") and self.int8_gops > self.fp32_gflops:
            ceilings["int8"] = self.int8_gops
        return {
            name: round(self.gflops / ceiling, 3) for name, ceiling in ceilings.items() if ceiling
        }


@dataclass(frozen=True, slots=True)
class StageShare:
    """One stage of an ask, over all questions."""

    stage: str
    mean_ms: float
    """Of all questions; one that has not this stage counts as 0."""
    share: float
    """Of the mean of the whole ask."""


@dataclass(frozen=True, slots=True)
class LimitReport:
    encoder: EncoderSpeed
    stages: tuple[StageShare, ...]
    """As they run; the last is what no stage accounts for."""


def limit(
    service: Service,
    embedder: Embedder,
    questions: Sequence[str],
    *,
    run: Run,
    progress: Progress,
    rounds: int = ROUNDS,
) -> LimitReport:
    """Over a service whose archive is indexed; `embedder` encodes as the service's does."""
    _, timings = ask_all(service, questions, progress)
    texts = _passage_texts(service)
    encoder = encoder_speed(embedder, texts, run=run, progress=progress, rounds=rounds)
    return LimitReport(encoder, tuple(stage_shares(timings)))


def encoder_speed(
    embedder: Embedder, texts: Sequence[str], *, run: Run, progress: Progress, rounds: int
) -> EncoderSpeed:
    """Ours, sentence-transformers and the matrix product in turn; OnRecordError without texts."""
    if not texts:
        raise OnRecordError("There are no passages to encode: give articles with text.")
    embedder.embed_passages(texts[:1])
    with TemporaryDirectory(prefix="onrecord-limit-") as aside:
        records = [{"id": str(row), "title": "", "text": text} for row, text in enumerate(texts)]
        Request(str(_model_of(embedder))).write(Path(aside), records, [])
        runs: dict[str, Callable[[], Mapping[str, Any]]] = {
            "ours": lambda: {"seconds": _seconds(embedder, texts)},
            "default": lambda: run(_program("encoder", aside)),
            "ceiling": lambda: run(_program("ceiling", aside)),
        }
        found = interleaved(runs, rounds=rounds, progress=progress)
    lengths = [min(n, embedder.identity.max_pieces) for n in embedder.count(texts)]
    return _speed(embedder, lengths, found)


def stage_shares(timings: Sequence[Mapping[str, float]]) -> Iterator[StageShare]:
    """Of the timings of each ask, which end with their `total`."""
    means = {stage: sum(times) / len(timings) for stage, times in by_stage(timings).items()}
    total = means.pop("total", 0.0)
    for stage, mean in {**means, "other": total - sum(means.values())}.items():
        yield StageShare(stage, round(mean, 3), round(mean / total, 4) if total else 0.0)


def operations(config: Mapping[str, int], lengths: Sequence[int]) -> float:
    """Floating-point operations of a BERT's matrix products over texts of so many word-pieces.

    A layer has four square products, two to and from the inner width, and for each pair of pieces
    two products of attention (Kaplan et al. 2020, arXiv:2001.08361, table 1); each is a
    multiplication and an addition.
    """
    width, inner, layers = (
        config[name] for name in ("hidden_size", "intermediate_size", "num_hidden_layers")
    )
    pieces = sum(lengths)
    pairs = sum(length * length for length in lengths)
    return 2.0 * layers * (pieces * (4 * width * width + 2 * width * inner) + pairs * 2 * width)


def _speed(
    embedder: Embedder, lengths: Sequence[int], found: Mapping[str, Sequence[Mapping[str, Any]]]
) -> EncoderSpeed:
    ours, default = ([each["seconds"] for each in found[name]] for name in ("ours", "default"))
    ceilings = found["ceiling"]
    bf16 = [each["bf16_gflops"] for each in ceilings if each["bf16_gflops"]]
    tokens = sum(lengths)
    return EncoderSpeed(
        engine=embedder.engine,
        passages=len(lengths),
        tokens=tokens,
        tokens_per_second=tuple(round(tokens / each, 1) for each in ours),
        default_tokens_per_second=tuple(round(tokens / each, 1) for each in default),
        over_default=ratio(default, ours),
        fp32_gflops=round(max(each["fp32_gflops"] for each in ceilings), 1),
        bf16_gflops=round(max(bf16), 1) if bf16 else None,
        int8_gops=round(max(each["int8_gops"] for each in ceilings), 1),
        gflops=round(operations(_config(embedder), lengths) / median(ours) / 1e9, 1),
    )


def _passage_texts(service: Service) -> list[str]:
    """The first passages of the archive, each below its title as the encoder reads it."""
    ids = service.archive.passage_table().passage[:PASSAGES]
    return [f"{title}\n{text}" for _, title, text in service.archive.texts(ids)]


def _seconds(embedder: Embedder, texts: Sequence[str]) -> float:
    began = perf_counter()
    embedder.embed_passages(texts)
    return perf_counter() - began


def _model_of(embedder: Embedder) -> Path:
    """The folder of the model's files; OnRecordError for one from a hub."""
    name = embedder.identity.name
    folder = bundled_folder() if name == BUNDLED_EMBEDDER else Path(name)
    if not (folder / CONFIG).is_file():
        raise OnRecordError(
            f"The embedder {name!r} is no folder with {CONFIG}: measure one that is."
        )
    return folder


def _config(embedder: Embedder) -> Mapping[str, int]:
    config: Mapping[str, int] = json.loads((_model_of(embedder) / CONFIG).read_text("utf-8"))
    return config


def _program(name: str, folder: str) -> list[str]:
    return [sys.executable, "-m", f"eval.bench.programs.{name}", folder]
