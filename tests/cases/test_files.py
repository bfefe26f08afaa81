"""Pages and files read as they come: their title, text, date and authors."""

import base64
from pathlib import Path

import pytest

from index.documents import Article
from index.sources.folder import read
from tests.cases.cases import CASES, Came, Case, failures, is_file


def came_of(case: Case, folder: Path) -> Came:
    data = base64.b64decode(case["raw_base64"]) if "raw_base64" in case else case["html"].encode()
    path = folder / (case["id"] + case.get("suffix", ".html"))
    path.write_bytes(data)

    found = list(read(path))
    articles = [each for each in found if isinstance(each, Article)]
    rejected = [each.reason.value for each in found if not isinstance(each, Article)]
    if not articles:
        return {"rejected": rejected}
    [article] = articles
    published = article.published_at.date().isoformat() if article.published_at else None
    return {
        "title": article.title,
        "text": article.text,
        "published": published,
        "authors": article.authors,
        "rejected": rejected,
    }


@pytest.mark.parametrize(
    "case", [each for each in CASES if is_file(each)], ids=lambda case: case["id"]
)
def test_a_file_is_read_as_its_page_declares(case: Case, tmp_path: Path) -> None:
    came = came_of(case, tmp_path)

    assert failures(case["expected"], came) == {}, came
