import gzip
import json
import logging
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents import Article, Reject
from index.sources.html import read_html
from tests.support.places import DATA
from tests.support.timing import growth

PAGES = DATA / "html"

PARAGRAPHS = (
    "The harbour board voted on Tuesday evening to close the old pier for two years of repairs.",
    "“It’s the oldest timber on this coast,” said Ana Lima, who chairs the board — “and it shows.”",
    "Ferries to the outer islands will leave from the coal quay instead, two hundred metres north.",
    "Work is due to start in November, once the last of the summer sailings have come to an end.",
)
HEAD = """<title>Old pier to close - The Example</title>
<meta property="og:site_name" content="The Example">
<meta property="og:title" content="Old pier to close">
<meta name="author" content="Jo Park">
<meta property="article:published_time" content="2024-09-12T22:30:00-04:00">
<link rel="canonical" href="https://news.example.com/local/old-pier-to-close.html#top">"""


def page(head: str = HEAD, paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html><head>{head}</head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/weather">Weather</a></nav>
<article><h1>Old pier to close</h1>{body}</article>
<footer><p>Copyright The Example. All rights reserved.</p></footer></body></html>"""


def only(path: Path, content: str | bytes) -> Article | Reject:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (item,) = read_html(path)
    return item


def article(path: Path, content: str | bytes) -> Article:
    item = only(path, content)
    assert isinstance(item, Article), item
    return item


def refused(path: Path, content: str | bytes) -> str:
    item = only(path, content)
    assert isinstance(item, Reject), item
    return item.reason.value


def test_body_title_author_date_site_and_address_are_found(tmp_path: Path) -> None:
    found = article(tmp_path / "p.html", page())

    assert (found.title, found.outlet, found.authors) == (
        "Old pier to close",
        "The Example",
        ("Jo Park",),
    )
    assert found.url == "https://news.example.com/local/old-pier-to-close.html"
    assert found.id.startswith("old-pier-to-close-")
    assert found.published_original == "2024-09-12T22:30:00-04:00"
    assert found.published_at == datetime(2024, 9, 13, 2, 30, tzinfo=UTC)


def test_the_text_is_the_paragraphs_verbatim_and_nothing_around_them(tmp_path: Path) -> None:
    lines = article(tmp_path / "p.html", page()).text.split("\n")

    assert [line for line in lines if line in PARAGRAPHS] == list(PARAGRAPHS)
    assert not re.search("Weather|Copyright", "\n".join(lines))


def test_a_page_without_a_title_of_its_own_loses_the_name_of_the_site(tmp_path: Path) -> None:
    head = HEAD.replace('<meta property="og:title" content="Old pier to close">', "")
    content = page(head).replace("<h1>Old pier to close</h1>", "")

    assert article(tmp_path / "p.html", content).title == "Old pier to close"


@pytest.mark.parametrize("address", ["", "https://news.example.com/", "http://[::1/x"])
def test_without_an_address_of_its_own_the_id_is_made_from_the_path(
    tmp_path: Path, address: str
) -> None:
    head = f'<title>Old pier to close</title><link rel="canonical" href="{address}">'

    found = article(tmp_path / "Saved page.html", page(head))

    assert found.url is None
    assert found.id.startswith("saved-page-")


COOKIES = """<p>We use cookies to improve your experience. By clicking accept you agree to our
cookie policy. You can manage your preferences at any time in your privacy settings.</p>
<p>We and our advertising partners store information on your device. Accept all</p>"""
SCRIPT = "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>"
PAYWALL = """<article><p>This article is for subscribers only.</p><p>Already a subscriber? Sign
in to continue reading. Start your free trial today and cancel anytime.</p></article>"""
ROBOT = "<article><p>Please verify you are a human. Checking your browser.</p></article>"


@pytest.mark.parametrize(
    "body",
    ["", COOKIES, SCRIPT, PAYWALL, ROBOT],
    ids=["nothing", "cookies", "script", "paywall", "robot"],
)
def test_a_page_that_is_only_a_notice_is_boilerplate(tmp_path: Path, body: str) -> None:
    content = f"<html><head><title>The Example</title></head><body>{body}</body></html>"

    assert refused(tmp_path / "p.html", content) == "boilerplate"


def test_a_report_about_cookies_is_an_article(tmp_path: Path) -> None:
    about = (
        "Regulators fined three publishers on Monday because their cookie banners hid the choice.",
        "The commission said that readers could not refuse tracking as easily as they accepted it.",
        "One publisher said it would redesign its banner and ask readers for their consent again.",
        "A privacy group which brought the case called the fine, the largest so far, a warning.",
    )

    assert about[0] in article(tmp_path / "p.html", page(paragraphs=about)).text


def test_a_declared_encoding_is_followed(tmp_path: Path) -> None:
    content = page('<meta charset="iso-8859-1"><title>Old pier to close</title>')

    assert PARAGRAPHS[1] in article(tmp_path / "p.html", content.encode("cp1252")).text


def test_bytes_in_no_known_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.html"

    assert refused(path, page().encode("cp1252")) == "not_utf8"
    assert refused(path, page('<meta charset="utf-8">').encode("cp1252")) == "not_utf8"
    assert refused(path, page('<meta charset="nonesuch">').encode("cp1252")) == "not_utf8"
    assert refused(path, b" \n") == "empty"


def test_a_declaration_of_xml_and_stray_nul_do_not_hurt(tmp_path: Path) -> None:
    content = '<?xml version="1.0" encoding="iso-8859-1"?>' + page().replace(
        "old pier", "old\0 pier"
    )

    assert PARAGRAPHS[0] in article(tmp_path / "p.html", content).text


@pytest.mark.parametrize(
    "content",
    [
        "http://news.example.com/old-pier",
        "<html><body>" + "<div>" * 20_000 + PARAGRAPHS[0],
        "<html><body>" + "<table><tr><td>" * 3_000 + PARAGRAPHS[0],
        "<html><body><article>" + "<span>" * 3_000 + PARAGRAPHS[0] * 5,
        '<html><body><article><p><a href="' * 500,
        page('<script type="application/ld+json">' + '{"a":[' * 20_000 + "</script>"),
        page("<meta charset=utf-8>").replace("pier", "&#xD800;&#0;&#x110000;"),
    ],
    ids=["address", "divs", "tables", "spans", "unclosed", "json", "references"],
)
def test_a_hostile_page_never_raises(
    tmp_path: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert isinstance(only(tmp_path / "p.html", content), Article | Reject)

    assert caplog.records == []


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "<article>", "<!--", "<a href='", ">", "&#0;", "<table>"]
)


@settings(max_examples=30, deadline=None)
@given(content=st.lists(TAGS | st.text(max_size=20) | st.sampled_from(PARAGRAPHS)).map("".join))
def test_any_page_is_one_article_or_one_reject(
    content: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.html"

    assert only(path, content.encode(errors="replace"))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[n : n + 4]) for n in range(max(1, len(words) - 3)))


@pytest.mark.data
@pytest.mark.skipif(not PAGES.exists(), reason="the development pages are not on this machine")
def test_bodies_of_real_pages_agree_with_people_at_f1_of_94() -> None:
    gold = json.loads((PAGES / "gold.json").read_text(encoding="utf-8"))
    shared = wanted = had = 0

    for entry in (entry for entry in gold if entry["suite"] == "scrapinghub"):
        (item,) = read_html(PAGES / "html" / entry["file"])
        body = shingles(entry["articleBody"])
        found = shingles(item.text) if isinstance(item, Article) else Counter()
        shared += (body & found).total()
        wanted += body.total()
        had += found.total()

    assert 2 * shared / (wanted + had) >= 0.94


def test_a_compressed_page_reads_as_the_plain_one(tmp_path: Path) -> None:
    plain = article(tmp_path / "p.html", page())

    assert article(tmp_path / "p.html.gz", gzip.compress(page().encode())) == plain
    assert refused(tmp_path / "p.html.gz", gzip.compress(page().encode())[:-9]) == "truncated"


def test_a_tag_with_thousands_of_attributes_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    attributes = " ".join(f'data-a{n}="b"' for n in range(50_000))

    assert refused(tmp_path / "p.html", page(paragraphs=(f"<p {attributes}>x</p>",))) == "malformed"


@pytest.mark.slow
@pytest.mark.parametrize(
    "written", ["<span>a</span> ", '<a href="/b">a</a> ', "<b>a</b> ", "a<br>", "</p><p>a b c"]
)
def test_four_times_the_page_takes_at_most_eight_times_as_long(
    tmp_path: Path, written: str
) -> None:
    short, long = tmp_path / "short.html", tmp_path / "long.html"
    for path, count in ((short, 2_000), (long, 8_000)):
        path.write_text(page(paragraphs=(*PARAGRAPHS, f"<p>{written * count}</p>")))

    def reading(path: Path) -> list[Article | Reject]:
        return list(read_html(path))

    assert growth(lambda: reading(short), lambda: reading(long), most=8) <= 8
