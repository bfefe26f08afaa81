"""Judged answers as they are kept: measures only, no question and no text.

{"judged_by": "people", "recipe": "…", "made_at": "…", "questions": 120,
 "answers": {"judged.csv": [[0.91, 1], [0.42, 0]]}}

Each answer is its confidence and whether it was right, by where it came from.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from index.errors import SettingsError
from index.stores.durable_files import replace_text
from rag.guarantee.threshold import JudgedAnswer

Judges = Literal["people", "marks"]
"""Who says what is right: people who read the answers, or the marked sentences of question sets."""
FILE = "judged_answers.json"
SHIPPED = Path(__file__).parent / FILE
"""Of the development sets, by marked sentences."""


@dataclass(frozen=True, slots=True)
class JudgedAnswers:
    """Answers that were given, judged, and what gave them."""

    judged_by: Judges
    recipe: str
    """Of the reader and the weights of the confidence: other ones are differently sure."""
    made_at: datetime
    questions: int
    """All that were asked, the refused ones included."""
    answers: Mapping[str, tuple[tuple[float, int], ...]]
    """By set or file: confidence, and 1 if it is right, else 0."""

    @property
    def pooled(self) -> list[JudgedAnswer]:
        """Of all sets together."""
        pairs = chain.from_iterable(self.answers.values())
        return [JudgedAnswer(confidence, bool(right)) for confidence, right in pairs]


@cache
def _format() -> TypeAdapter[JudgedAnswers]:
    """Made when it is first needed, because most services promise nothing."""
    return TypeAdapter(JudgedAnswers)


def read_judged(path: Path) -> JudgedAnswers | None:
    """None where there is no such file; SettingsError where it is damaged."""
    try:
        return _format().validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise SettingsError(
            f"{path} cannot be read as judged answers: write it again with "
            "`onrecord eval calibrate FILE.csv`, or remove it."
        ) from error


def write_judged(path: Path, judged: JudgedAnswers) -> None:
    """A reader sees the file before or the whole new one."""
    replace_text(path, json.dumps(_format().dump_python(judged, mode="json")) + "\n")
