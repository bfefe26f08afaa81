from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Article, Reject
from index.sources.text import read_text
from index.sources.text_header import front_matter, read_head
from index.text.normalization import normalise

BODY = "The harbour board voted on Tuesday to close the old pier for two years.\n"


LABELS = "Published: 2024-09-12\nOutlet: The Example"
URL = "https://news.example/pier"


def only(path: Path) -> Article | Reject:
    (item,) = read_text(path)
    return item


def article(path: Path, content: str) -> Article:
    path.write_text(content, encoding="utf-8", newline="")
    item = only(path)
    assert isinstance(item, Article), item
    return item


def refused(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    item = only(path)
    assert isinstance(item, Reject), item
    return item.reason.value


def test_title_byline_date_and_outlet_are_read_and_stay_in_the_text(tmp_path: Path) -> None:
    content = (
        f"Old pier to close\n\nBy Ana Lima and Jo Park\nThe Example | 12 September 2024\n\n{BODY}"
    )

    found = article(tmp_path / "pier.txt", content)

    assert found.title == "Old pier to close"
    assert found.authors == ("Ana Lima", "Jo Park")
    assert found.outlet == "The Example"
    assert found.published_at == datetime(2024, 9, 12, tzinfo=UTC)
    assert found.published_original == "12 September 2024"
    assert found.text == content


def test_markdown_marks_are_left_out_of_the_title_only(tmp_path: Path) -> None:
    found = article(tmp_path / "pier.md", f"# Old pier to close #\n\n*By Ana Lima*\n\n{BODY}")

    assert (found.title, found.authors) == ("Old pier to close", ("Ana Lima",))
    assert found.text.startswith("# Old pier")


def test_front_matter_gives_the_fields_and_leaves_the_text(tmp_path: Path) -> None:
    content = (
        '---\ntitle: "Pier: the end"\ndate: 2024-09-12\nauthors: [Ana Lima, Jo Park]\n'
        "outlet: The Example\nurl: https://news.example/pier\nid: pier-1\n"
        f"summary: >\n  Two lines\n  of it\ntags:\n- port\n- works\n---\nOld pier to close\n{BODY}"
    )

    found = article(tmp_path / "pier.md", content)

    assert (found.id, found.title, found.outlet) == ("pier-1", "Pier: the end", "The Example")
    assert found.authors == ("Ana Lima", "Jo Park")
    assert found.url == "https://news.example/pier"
    assert found.published_at == datetime(2024, 9, 12, tzinfo=UTC)
    assert found.metadata == {"summary": "Two lines of it", "tags": ["port", "works"]}
    assert found.text == f"Old pier to close\n{BODY}"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    text = f"---\nNot a field\n---\n{BODY}"

    assert front_matter(text) == ({}, text)
    assert front_matter("---\ntitle: never closed\n") == ({}, "---\ntitle: never closed\n")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ana Lima", ["Ana Lima"]),
        ("BY ANA LIMA", ["ANA LIMA"]),
        ("By Ana Lima, Political Editor", ["Ana Lima"]),
        ("By Ana Lima in Lisbon", ["Ana Lima"]),
        (
            "By Ana Lima, Jo Park and Lars van der Berg",
            ["Ana Lima", "Jo Park", "Lars van der Berg"],
        ),
        ("By Ana Lima, Science Correspondent, and Jo Park", ["Ana Lima", "Jo Park"]),
        ("By Seán O’Brien & Jo Park", ["Seán O’Brien", "Jo Park"]),
        ("By the time the ferry left, the pier was closed", None),
        ("By Tuesday evening", None),
        ("By Our Own Correspondent", None),
    ],
)
def test_a_byline_names_people_or_nobody(line: str, authors: list[str] | None) -> None:
    assert read_head(f"Old pier to close\n{line}\n{BODY}").get("authors") == authors


@pytest.mark.parametrize(
    ("line", "day", "outlet"),
    [
        ("12 September 2024", "12 September 2024", None),
        ("Published: 2024-09-12", "2024-09-12", None),
        ("Published on Sept. 12, 2024 | The Example", "Sept. 12, 2024", "The Example"),
        ("By Ana Lima | 2024-09-12", "2024-09-12", None),
        ("Lisbon, 12 September 2024", "12 September 2024", None),
        ("The Example · 12 September 2024 · Updated 13 September 2024", "12 September 2024", None),
        ("5 min read | 12 September 2024", "12 September 2024", None),
        ("Source: The Example", None, "The Example"),
        ("Updated 12 September 2024", None, None),
        ("The pier opened in September 2024", None, None),
    ],
)
def test_a_date_and_an_outlet_are_taken_only_where_stated(
    line: str, day: str | None, outlet: str | None
) -> None:
    head = read_head(f"Old pier to close\n{line}\n{BODY}")

    assert (head.get("published_at"), head.get("outlet")) == (day, outlet)


@pytest.mark.parametrize(
    "caption",
    [
        "Farmers stand beside a flooded field near Tarn on June 30, 2019.",
        "The swing bridge at Mill Lane was closed to lorries.",
        "A ferry leaves Orm in the rain. Forty people were aboard.",
        "Rosa Quill, left, with her brother at the quay.\nPhoto: Ann Lee/Hull Daily",
        "FILE PHOTO: A ferry leaves Orm",
        "Boats at Orm (Photo by Ann Lee)",
    ],
)
@pytest.mark.parametrize(
    "headline", ["Valley farmers face a different river", "Can the valley live with it?"]
)
def test_a_caption_before_the_title_is_not_the_title(caption: str, headline: str) -> None:
    text = f"{caption}\n\n{headline}\n\nBy Ana Lima\n\n{BODY}\n{BODY}"

    assert read_head(text) == {"title": headline, "authors": ["Ana Lima"]}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Old pier to close.\nBy Ana Lima\n{BODY}", "Old pier to close."),
        (
            f"Old pier to close for repairs.\n12 September 2024\n{BODY}",
            "Old pier to close for repairs.",
        ),
        (f"{BODY}\nWhat happens next\n\n{BODY}\nWho pays for it\n\n{BODY}", BODY.strip()),
        (
            f"The pier will close, Ana Lima said.\n\nWhat happens next\n\n{BODY}",
            "The pier will close, Ana Lima said.",
        ),
        (
            f"“We will sail on in winter.”\n\nFerry chief is sure\n\n{BODY}",
            "“We will sail on in winter.”",
        ),
        (f"Old pier to close\n\nThe work takes two years\n\n{BODY}", "Old pier to close"),
        (f"{BODY}\n{BODY}\n{BODY}", BODY.strip()),
    ],
)
def test_a_first_line_that_is_no_caption_is_the_title(text: str, title: str) -> None:
    assert read_head(text)["title"] == title


@pytest.mark.parametrize(
    "text",
    [
        f"Title: Old pier to close\n{LABELS}\nAuthor: Ana Lima\nURL: {URL}\n\n{BODY}",
        f"Old pier to close\nBy Ana Lima\n{LABELS}\nLink: {URL}\n{BODY}",
        f"{LABELS}\nURL: {URL}\n\nOld pier to close\nBy Ana Lima\n{BODY}",
        f"Headline: Old pier to close\nByline: Ana Lima\n{LABELS}\nURL: {URL}\n{BODY}",
    ],
)
def test_labelled_lines_above_and_below_the_title_are_read(text: str) -> None:
    assert read_head(text) == {
        "title": "Old pier to close",
        "published_at": "2024-09-12",
        "outlet": "The Example",
        "authors": ["Ana Lima"],
        "url": URL,
    }


def test_only_the_head_of_the_file_is_looked_at() -> None:
    text = f"Old pier\n{BODY * 2}More on the pier.\nStill more.\nBy Ana Lima\n12 September 2024\n"

    assert read_head(text) == {"title": "Old pier"}


def test_a_paragraph_as_first_line_is_cut_at_a_word_for_the_title() -> None:
    title = read_head("harbour " * 60)["title"]

    assert len(title) <= 201
    assert title.endswith("harbour…")


def test_an_id_is_made_from_the_path_and_stays(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()

    first = article(tmp_path / "one" / "Old Piér.txt", BODY)
    second = article(tmp_path / "two" / "Old Piér.txt", BODY)

    assert first.id.startswith("old-pier-")
    assert first.id != second.id
    assert article(tmp_path / "one" / "Old Piér.txt", BODY + "More.").id == first.id


def test_what_is_no_article_is_refused_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"

    assert refused(path, b"") == "empty"
    assert refused(path, b"\xef\xbb\xbf \r\n\x00") == "empty"
    assert refused(path, b"Too short.") == "too_short"
    assert refused(path, f"Old pier\n03/04/2024\n{BODY}".encode()) == "bad_date"
    assert refused(path, f"---\ndate: soon\n---\n{BODY}".encode()) == "bad_date"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_another_encoding_without_its_mark_is_refused_though_its_bytes_could_pass(
    tmp_path: Path, encoding: str
) -> None:
    assert refused(tmp_path / "a.txt", f"Old pier\n\n{BODY}".encode(encoding)) == "not_utf8"


def test_a_binary_file_under_a_text_name_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.txt", bytes(range(1, 128)) * 20) == "not_utf8"


def test_marks_without_a_word_are_no_text(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.txt", "\u200b * * *\n".encode() * 20) == "empty"


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(BODY * 100, encoding="utf-8")

    (item,) = read_text(path, limit=1000)

    assert isinstance(item, Reject)
    assert item.reason == "too_large"


def test_windows_line_ends_are_made_plain(tmp_path: Path) -> None:
    assert article(tmp_path / "a.txt", f"\ufeffPier\r\n{BODY}").text == f"Pier\n{BODY}"


MARKS = st.sampled_from(
    ["---\n", "# ", "title: ", "- ", "By ", "\r\n", "| ", "2024", "*", "[", '"']
)


@given(content=st.lists(MARKS | st.text(max_size=8), max_size=25).map("".join))
def test_any_file_is_one_article_or_one_reject(
    content: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.md"
    path.write_bytes(content.encode(errors="surrogatepass"))

    item = only(path)

    assert isinstance(item, Reject) or normalise(content).endswith(item.text)
