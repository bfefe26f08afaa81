"""The questions that go with the sample archive."""

import json
from pathlib import Path

QUESTIONS = Path(__file__).resolve().parents[1] / "sample" / "questions.jsonl"
DEMO = "demo"


def demo_questions(path: Path = QUESTIONS) -> list[str]:
    """Those tagged `demo`, in the file's order: a few that show what the service does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    return [record["question"] for record in records if DEMO in record.get("tags", ())]
