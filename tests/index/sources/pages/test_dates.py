import json
import re

import pytest
from lxml.html import document_fromstring

from index.sources.pages.dates import published
from index.sources.pages.declarations import Declarations
from index.sources.pages.lines import page_lines
from index.sources.publication_date import parse_date

FIRST = (
    "<p>The ferry company said on Thursday that it would end the night sailing to Orm "
    "island, after eleven years of losses on the route, and that the crew would move.</p>"
)
PUBLISHED = '<meta property="article:published_time" content="2023-10-05T09:00:00Z">'
MODIFIED = '<meta property="article:modified_time" content="2024-02-01T10:00:00Z">'


def page(head: str = "", above: str = "", below: str = "", after: str = "", foot: str = "") -> str:
    return (
        f"<html><head><title>Night ferry to Orm ends | Harbour Courier</title>{head}</head><body>"
        f"<article>{above}<h1>Night ferry to Orm ends</h1>{below}{FIRST}{FIRST}{after}</article>"
        f"{foot}</body></html>"
    )


def day(html: str) -> str | None:
    declared = Declarations(document_fromstring(html))
    found = published(declared, page_lines(declared.tree, declared.titles))
    if found is None or re.match(r"\d{4}-", found):
        return found and found[:10]
    return f"{parse_date(found):%Y-%m-%d}"


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


DECLARED = {
    "a meta element": page(PUBLISHED),
    "a meta element, and the day of a change": page(MODIFIED + PUBLISHED),
    "another name": page('<meta name="parsely-pub-date" content="2023-10-05T09:00:00Z">'),
    "a name of libraries": page('<meta name="DC.date.issued" content="2023-10-05">'),
    "a zone nobody knows": page('<meta name="pubdate" content="October 5, 2023 9:00 am QXT">'),
    "JSON-LD": page(ld(**{"@type": "NewsArticle", "datePublished": "2023-10-05T09:00:00Z"})),
    "JSON-LD in a graph": page(
        ld(
            **{
                "@graph": [
                    {"@type": "Organization"},
                    {"@type": ["Article"], "datePublished": "2023-10-05"},
                ]
            }
        )
    ),
    "JSON-LD of two stories, one with this headline": page(
        ld(
            **{
                "@type": "NewsArticle",
                "headline": "Fares rise again",
                "datePublished": "2022-01-01",
            }
        )
        + ld(
            **{
                "@type": "NewsArticle",
                "headline": "Night ferry to Orm ends",
                "datePublished": "2023-10-05",
            }
        )
    ),
    "JSON-LD before meta": page(
        ld(**{"@type": "NewsArticle", "datePublished": "2023-10-05"})
        + '<meta name="date" content="2024-02-01">'
    ),
    "microdata": page(below='<meta itemprop="datePublished" content="2023-10-05">'),
    "a time by the headline": page(
        below='<p><time datetime="2023-10-05T09:00">Thursday</time></p>'
    ),
    "a time above the headline": page(above='<p><time datetime="2023-10-05">Thursday</time></p>'),
    "a time in the byline": page(
        below='<div>By <a href="/rq">Rosa Quill</a> <time datetime="2023-10-05">5 Oct</time></div>'
    ),
    "a change first, then the publication": page(
        below='<p>Updated <time datetime="2024-02-01">1 February 2024</time></p>'
        '<p>Published <time datetime="2023-10-05">5 October 2023</time></p>'
    ),
    "labels on lines of their own": page(
        below="<dl><dt>Updated</dt><dd>2024-02-01</dd><dt>Published</dt><dd>2023-10-05</dd></dl>"
    ),
    "both in one line": page(below="<p>Published: 2023-10-05 | Updated: 2024-02-01 10:00</p>"),
    "a time that its class calls updated, beside another": page(
        below='<p><time class="updated" datetime="2024-02-01"></time>'
        '<time class="entry-date" datetime="2023-10-05"></time></p>'
    ),
    "the day in the address": page(
        '<link rel="canonical" href="https://c.example/2023/10/05/orm">'
    ),
    "a month's name in the address": page(
        '<meta property="og:url" content="https://c.example/news/2023/oct/5/orm">'
    ),
    "the meta element, not the address": page(
        PUBLISHED + '<link rel="canonical" href="https://c.example/2023/10/18/orm">'
    ),
    "an address that settles the order": page(
        '<link rel="canonical" href="https://c.example/2023/10/orm">',
        below="<p>Published: 2023-10-05</p>",
    ),
    "the footer of the article": page(after="<footer>First published 2023-10-05</footer>"),
}


@pytest.mark.parametrize("html", DECLARED.values(), ids=DECLARED)
def test_the_day_that_the_page_declares_is_taken(html: str) -> None:
    assert day(html) == "2023-10-05"


@pytest.mark.parametrize(
    "line",
    [
        "5 October 2023",
        "Thursday, October 5, 2023",
        "Published: 5 October 2023 09:00",
        "Posted on October 5th, 2023 at 4:56 p.m. by Rosa Quill",
        "By Rosa Quill | Oct. 5, 2023",
        "By Rosa Quill, Transport Editor, 5 October 2023",
        "Orm, 5 October 2023",
        "5 October 2023 · 4 min read",
        "Published in the Harbour Courier on 5 October 2023",
        "Published 5 October 2023. Last updated 1 February 2024",
    ],
)
def test_a_line_by_the_headline_that_is_a_date_is_taken(line: str) -> None:
    assert day(page(below=f"<p>{line}</p>")) == "2023-10-05"


INVENTED = {
    "a copyright line": page(foot="<footer>© 2024 Harbour Courier</footer>"),
    "a copyright line with a day": page(foot="<footer>© 5 October 2023 Harbour Courier</footer>"),
    "a day in the text": page(after="<p>The line opened on 14 June 2013 with one ship.</p>"),
    "a time element in the text": page(
        after='<p>It opened on <time datetime="2013-06-14">14 June 2013</time> with one ship.</p>'
    ),
    "a day in the standfirst": page(below="<p>The line had opened on 14 June 2013</p>"),
    "a day after a comma in the standfirst": page(
        below="<p>It all began on Friday, 14 June 2013.</p>"
    ),
    "a time in the standfirst": page(
        below='<p>Night trains have run since <time datetime="2013-06-14">June 2013</time></p>'
    ),
    "a year": page(below="<p>Opened in 1998</p>", after="<p>It opened in 1998.</p>"),
    "the path of a picture": page(
        '<meta property="og:image" content="https://c.example/2013/06/14/ferry.jpg">',
        below='<img src="/2013/06/14/f.jpg"><figure><p>Orm, 14 June 2013</p></figure>',
    ),
    "a comment": page(
        foot='<div id="comments"><article><time datetime="2023-10-07">7 Oct</time></article></div>'
    ),
    "a comment inside the article": page(
        after='<section class="comments"><p>Published 7 October 2023</p></section>'
    ),
    "a teaser": page(
        foot='<article class="card"><h3>Fares</h3><time datetime="2023-09-01"></time></article>'
    ),
    "a teaser by the headline": page(
        below='<div><a href="/x">Fares rise again on every island line</a>'
        '<p><time datetime="2023-09-01">1 Sept</time></p></div>'
    ),
    "a related story": page(
        below="<aside><p>Published 1 September 2023</p></aside>",
        after='<ul class="related"><li>Published 2 September 2023</li></ul>',
    ),
    "the day of a change": page(MODIFIED, below="<p>Updated 1 February 2024</p>"),
    "a change in microdata": page(
        below='<time itemprop="dateModified" datetime="2024-02-01">Last edited 1 February</time>'
    ),
    "a generic date that is the change's": page(
        MODIFIED + '<meta name="date" content="2024-02-01">'
    ),
    "JSON-LD of a change": page(ld(**{"@type": "NewsArticle", "dateModified": "2024-02-01"})),
    "JSON-LD of an event": page(ld(**{"@type": "Event", "startDate": "2024-05-01"})),
    "JSON-LD of comments": page(
        ld(
            **{
                "@type": "NewsArticle",
                "comment": [{"@type": "Comment", "datePublished": "2023-10-07"}],
            }
        )
    ),
    "today's date in the masthead": page().replace(
        "<body>", '<body><div class="masthead"><time datetime="2026-11-30">Monday</time></div>'
    ),
    "the day of an event": page(
        below="<p>When: 14 June 2024</p><p>Deadline:</p><p>1 June 2024</p>"
    ),
    "a day and a month that could be each other": page(
        below='<p class="date">Published: 03/04/2024</p>'
    ),
    "the same in a meta element": page('<meta name="pubdate" content="03/04/2024">'),
    "the same, in British English": page(below="<p>03/04/2024</p>").replace(
        "<html", '<html lang="en-GB"'
    ),
    "a year alone in a meta element": page('<meta name="date" content="2024">'),
    "a placeholder": page('<meta name="pubdate" content="1970-01-01T00:00:00Z">'),
    "two publications": page(PUBLISHED + PUBLISHED.replace("2023-10-05", "2022-01-01")),
    "a number in the address": page(
        '<link rel="canonical" href="https://c.example/news/20231305/2">'
    ),
    "a hundred thousand lists": page("<script type='application/ld+json'>" + "[" * 100_000),
}


@pytest.mark.parametrize("html", INVENTED.values(), ids=INVENTED)
def test_no_other_day_on_the_page_is_taken(html: str) -> None:
    assert day(html) is None


REWRITTEN = "<p>Updated 1 February 2024 at 10:00</p>"


@pytest.mark.parametrize(
    "shown", [REWRITTEN, '<time class="modified" datetime="2024-02-01">x</time>']
)
def test_a_text_rewritten_long_after_the_declared_day_is_undated(shown: str) -> None:
    assert day(page(PUBLISHED, below=shown)) is None


@pytest.mark.parametrize(
    "html",
    [
        page(PUBLISHED, below="<p>Updated 11 October 2023</p>"),
        page(PUBLISHED, below="<p>Published 5 October 2023</p>" + REWRITTEN),
        page(PUBLISHED, below="<p>By Rosa Quill | 5 October 2023</p>" + REWRITTEN),
        page(PUBLISHED, below="<p>The old line closed on 1 February 2024</p>"),
        page(PUBLISHED + '<meta property="og:url" content="https://c.example/2023/10/05/orm">')
        .replace("</h1>", "</h1>" + REWRITTEN),
        page(PUBLISHED + MODIFIED),
    ],
    ids=["a week", "said", "shown", "no change", "in the address", "not shown"],
)  # fmt: skip
def test_a_declared_day_that_readers_see_or_with_a_prompt_change_is_kept(html: str) -> None:
    assert day(html) == "2023-10-05"


@pytest.mark.parametrize(
    ("head", "below", "expected"),
    [
        ('<link rel="canonical" href="https://c.example/2024/04/x">', "03/04/2024", "2024-04-03"),
        ('<link rel="canonical" href="https://c.example/2024/03/x">', "03/04/2024", "2024-03-04"),
        ("", "Published 03/04/2024 | Updated 15/04/2024", "2024-04-03"),
        ("", "Published 03/04/2024 | Updated 04/15/2024", "2024-03-04"),
        (
            '<meta name="pubdate" content="03/04/2024"><meta name="dc.date" content="2024-04-03">',
            "",
            "2024-04-03",
        ),
        ("", "Published 23/04/2024", "2024-04-23"),
    ],
)
def test_the_rest_of_the_page_can_say_which_number_is_the_month(
    head: str, below: str, expected: str
) -> None:
    assert day(page(head, below=f"<p>{below}</p>")) == expected


def test_of_two_forms_of_one_instant_the_publishers_own_clock_is_kept() -> None:
    declared = page(
        '<meta property="article:published_time" content="2023-10-06T02:30:00Z">',
        below='<time datetime="2023-10-05T22:30:00-04:00">Thursday</time>',
    )

    assert day(declared) == "2023-10-05"
