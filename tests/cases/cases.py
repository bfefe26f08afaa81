"""The cases, and whether what came is what a case expects."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

Case = dict[str, Any]
Came = dict[str, Any]

CASES: list[Case] = [
    json.loads(line)
    for line in Path(__file__).with_name("cases.jsonl").read_text("utf-8").splitlines()
]


def is_file(case: Case) -> bool:
    """A page or a file, of which only what was read is looked at."""
    return "html" in case or "raw_base64" in case


def failures(expected: dict[str, Any], came: Came) -> dict[str, Any]:
    """The expectations that do not hold, with what was expected."""
    return {
        name: wanted for name, wanted in expected.items() if not EXPECTATIONS[name](wanted, came)
    }


def plain(text: str | None) -> str:
    """Composed, without invisible characters, with single spaces."""
    composed = unicodedata.normalize("NFC", text or "")
    return " ".join("".join(c for c in composed if unicodedata.category(c) != "Cf").split())


def _same(key: str) -> Callable[[Any, Came], bool]:
    def holds(wanted: Any, came: Came) -> bool:
        value = came.get(key)
        return bool((plain(value) if isinstance(value, str) else value) == wanted)

    return holds


def _listed(key: str) -> Callable[[Any, Came], bool]:
    return lambda wanted, came: [plain(each) for each in came.get(key) or []] == wanted


def _has(key: str) -> Callable[[Any, Came], bool]:
    return lambda wanted, came: all(each in plain(came.get(key)) for each in wanted)


def _lacks(key: str) -> Callable[[Any, Came], bool]:
    return lambda wanted, came: not any(each in plain(came.get(key)) for each in wanted)


def _saying(words: str, came: Came) -> list[dict[str, Any]]:
    return [each for each in came.get("said", []) if words in plain(each["words"])]


def _paragraphs(wanted: list[str], came: Came) -> bool:
    return set(wanted) <= {plain(line) for line in (came.get("text") or "").split("\n")}


def _says(wanted: list[str], came: Came) -> bool:
    speaker, words = wanted
    return any(plain(each["speaker"]) == speaker for each in _saying(words, came))


def _refused_or_short(wanted: list[str], came: Came) -> bool:
    return came["answered"] is False or plain(came.get("short")) in wanted


EXPECTATIONS: dict[str, Callable[[Any, Came], bool]] = {
    **{key: _same(key) for key in ("answered", "article", "reason", "short", "speaker")},
    **{key: _same(key) for key in ("offsets", "title", "total")},
    **{key: _listed(key) for key in ("authors", "rejected", "speakers")},
    "answer_has": _has("answer"),
    "answer_lacks": _lacks("answer"),
    "copies_have": lambda wanted, came: set(wanted) <= set(came.get("others", [])),
    "kind_of": lambda wanted, came: any(
        each["kind"] == wanted[1] for each in _saying(wanted[0], came)
    ),
    "published_in": lambda wanted, came: came.get("published") in wanted,
    "refused_or_short_in": _refused_or_short,
    "says": _says,
    "says_negative": lambda wanted, came: all(
        each["polarity"] == "negative" for each in _saying(wanted, came)
    ),
    "says_not": lambda wanted, came: not _saying(wanted, came),
    "short_has": lambda wanted, came: wanted in plain(came.get("short")),
    "text_has": _has("text"),
    "text_lacks": _lacks("text"),
    "text_paragraphs": _paragraphs,
    "versions_lack": lambda wanted, came: (
        came["answered"] is True and not set(wanted) & set(came["others"])
    ),
}
"""By name: what is expected and what came -> whether it holds."""
