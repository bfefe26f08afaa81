"""From questions to a verdict: a sound service passes its gates, a broken one fails."""

from pathlib import Path
from typing import Any

import pytest

from eval.evaluate import evaluate
from eval.scoring.gates import GateOutcome, gate
from rag.reading.reader import NO_READER
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeEmbedder, silent

GATES = """
[gates]
"sample/doc@1" = { min = 0.7 }
"sample/sentence@1" = { min = 0.5 }
"""


ANOTHER = str.maketrans("aeiou", "uoiea")


class HardOfHearing(Service):
    """Retrieves for other words than were asked."""

    def ask_with_trace(self, question: str, **options: Any) -> Any:
        return super().ask_with_trace(question.translate(ANOTHER), **options)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        pytest.param(Service, GateOutcome.PASS, id="sound"),
        pytest.param(HardOfHearing, GateOutcome.REGRESSION, id="broken retriever"),
    ],
)
def test_gates_distinguish_a_broken_retriever_from_a_sound_one(
    tmp_path: Path, kind: type[Service], outcome: GateOutcome
) -> None:
    (tmp_path / "gates.toml").write_text(GATES)

    evaluate(
        ["sample"],
        data=None,
        out=tmp_path / "run",
        service_of=lambda folder, reader=NO_READER: kind(
            ServiceSettings(data=folder, reader=reader), embedder=lambda _: FakeEmbedder()
        ),
        cache=tmp_path / "cache",
        limit=None,
        as_of=False,
        fresh=False,
        progress=silent,
    )

    assert gate(tmp_path / "run", None, tmp_path / "gates.toml").outcome is outcome
