"""A body is decoded an article at a time, and no article holds values without end."""

import json
from typing import Any

import pytest
from starlette.exceptions import HTTPException

from api.http.batches import read_batch
from api.schemas.articles import JSON
from index.documents import Article, Reject, RejectReason
from index.sources.jsonl import MOST_VALUES

TEXT = "The pier was rebuilt after the great storm, they said, [sic] and so on {in full}."


def record(name: str, **others: Any) -> dict[str, Any]:
    return {"id": name, "text": TEXT, **others}


def ids(body: str) -> list[str]:
    return [each.id for each in read_batch(body.encode(), JSON) if isinstance(each, Article)]


def failure(body: str) -> HTTPException:
    with pytest.raises(HTTPException) as found:
        list(read_batch(body.encode(), JSON))
    return found.value


ONE, TWO = json.dumps(record("one")), json.dumps(record("two"))


@pytest.mark.parametrize(
    "body",
    [
        f"[{ONE},{TWO}]",
        f" \n[ {ONE} ,\t{TWO} ] \r\n",
        f'{{"articles":[{ONE},{TWO}]}}',
        f'{{ "articles" : [ {ONE} , {TWO} ] , "source" : {{"a": [1, 2]}} }} ',
        f'{{"source": "feed", "articles": [{ONE},{TWO}]}}',
    ],
)
def test_a_list_is_read_however_it_is_written(body: str) -> None:
    assert ids(body) == ["one", "two"]


@pytest.mark.parametrize("body", ["[]", " [ ] ", '{"articles": []}', '{"articles": [], "a": 1}'])
def test_an_empty_list_holds_nothing(body: str) -> None:
    assert list(read_batch(body.encode(), JSON)) == []


@pytest.mark.parametrize(
    "body",
    [
        *(f"[{ONE}", f"[{ONE},]", f"[{ONE} {TWO}]", f"[{ONE}]]", f"[{ONE}] x", "[", "[,]"),
        *(f'{{"articles":[{ONE}]', f'{{"articles":[{ONE}],}}', f'{{"articles":[{ONE}]}} 1'),
        *(f'{{"articles":[{ONE}]]', f'{{"articles":[{ONE}], "a"}}', ONE[:-1], f"{ONE},"),
    ],
)
def test_what_is_no_json_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match=r"line|char"):
        json.loads(body)

    assert failure(body).status_code == 400
    assert "The body is not JSON" in failure(body).detail


def test_the_place_of_a_fault_is_that_in_the_whole_body() -> None:
    assert "line 2, column 4" in failure("[1,\n 2 3]").detail


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(record("a", junk=[0] * (MOST_VALUES + 2))),
        json.dumps([record("a"), record("b", junk=[{}] * (MOST_VALUES + 2))]),
        json.dumps(record("a") | {str(n): 0 for n in range(MOST_VALUES + 2)}),
    ],
    ids=["one article", "one of an array", "keys"],
)
def test_an_article_of_values_without_end_is_refused_before_it_is_decoded(body: str) -> None:
    assert failure(body).status_code == 413
    assert "more than 100,000 values" in failure(body).detail


def test_many_articles_may_hold_more_values_together() -> None:
    body = json.dumps([record(str(n), junk=[0] * 40_000) for n in range(4)])

    assert ids(body) == ["0", "1", "2", "3"]


def test_commas_and_brackets_of_a_text_are_no_values() -> None:
    text = 'a, [b] {c} \\ "d", ' * MOST_VALUES

    assert ids(json.dumps([record("a") | {"text": text}])) == ["a"]


def test_a_line_of_values_without_end_is_one_reject() -> None:
    lines = [ONE, json.dumps(record("b", junk=[0] * (MOST_VALUES + 2))), TWO]

    one, reject, two = read_batch("\n".join(lines).encode(), "application/x-ndjson")

    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert isinstance(reject, Reject)
    assert (reject.line, reject.reason) == (2, RejectReason.TOO_LARGE)
