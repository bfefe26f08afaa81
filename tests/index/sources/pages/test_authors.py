import json

import pytest
from lxml.html import document_fromstring

from index.sources.pages.authors import authors
from index.sources.pages.declarations import Declarations
from index.sources.pages.lines import page_lines

FIRST = (
    "<p>The ferry company said on Thursday that it would end the night sailing to Orm island, "
    "after eleven years of losses on the route, and that the crew would move.</p>"
)


def named(head: str = "", below: str = "", foot: str = "") -> list[str]:
    declared = Declarations(
        document_fromstring(
            "<html><head><title>Night ferry to Orm ends | Harbour Courier</title>"
            f'<meta property="og:site_name" content="Harbour Courier">{head}</head><body><article>'
            f"<h1>Night ferry to Orm ends</h1>{below}{FIRST}{FIRST}</article>{foot}</body></html>"
        )
    )
    lines = page_lines(declared.tree, declared.titles)
    return authors(declared, lines, declared.outlets)


def meta(content: str) -> str:
    return f'<meta name="author" content="{content}">'


def ld(author: object) -> str:
    fields = {"@type": "NewsArticle", "author": author}
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


ONE = {
    "a meta element": meta("Rosa Quill"),
    "with a job title": meta("Rosa Quill, Transport Editor"),
    "with a job title before": meta("Political Correspondent Rosa Quill"),
    "with a job title after, without a comma": meta("Rosa Quill Senior Crime Reporter"),
    "with the outlet": meta("Rosa Quill, Harbour Courier"),
    "with the outlet after a bar": meta("By Rosa Quill | The Harbour Courier"),
    "with an address": meta("Rosa Quill (rosa@courier.example)"),
    "with a place": meta("Rosa Quill in Orm"),
    "surname first": meta("Quill, Rosa"),
    "beside the outlet": meta("Harbour Courier") + meta("Rosa Quill"),
    "a link to a profile, and a name": '<meta property="article:author" content="https://c.example/rq">'
    + meta("Rosa Quill"),
    "JSON-LD": ld([{"@type": "Person", "name": "Rosa Quill"}]),
    "JSON-LD beside an organisation": ld(
        [{"@type": "Organization", "name": "Coast Wire"}, {"@type": "Person", "name": "Rosa Quill"}]
    ),
}


@pytest.mark.parametrize("head", ONE.values(), ids=ONE)
def test_the_declared_person_is_the_author(head: str) -> None:
    assert named(head) == ["Rosa Quill"]


NOBODY = {
    "the outlet": meta("Harbour Courier"),
    "the outlet with an article": meta("The Harbour Courier"),
    "the outlet's address": meta("harbourcourier.com"),
    "a job alone": meta("Transport Editor"),
    "staff": meta("Courier Staff"),
    "an agency": meta("Coast News Agency"),
    "a newsroom": meta("Newsroom"),
    "an administrator": meta("admin"),
    "an organisation": ld({"@type": "NewsMediaOrganization", "name": "Coast Wire"}),
}


@pytest.mark.parametrize("head", NOBODY.values(), ids=NOBODY)
def test_an_outlet_or_a_job_is_no_author(head: str) -> None:
    assert named(head) == []


TWO = {
    "two links": '<p>By <a rel="author">Rosa Quill</a> and <a rel="author">Ned Poe</a></p>',
    "a line": "<p>By Rosa Quill and Ned Poe</p>",
    "jobs between": "<p>By Rosa Quill, Transport Editor, and Ned Poe</p>",
    "parts of a line": "<p><span>By</span> <span>Rosa Quill</span> &amp; <span>Ned Poe</span></p>",
    "a word on a line of its own": "<div><div>By</div><div>Rosa Quill and Ned Poe</div></div>",
    "a date beside it": '<p>By Rosa Quill and Ned Poe <time datetime="2023-10-05">5 Oct</time></p>',
    "classes": '<p><i class="author">Rosa Quill</i>, <i class="author">Ned Poe</i></p>',
    "links without a word between": '<p class="byline"><a>Rosa Quill</a> <a>Ned Poe</a></p>',
    "links that say so": '<p class="byline"><a rel="author">Rosa Quill</a> '
    '<a rel="author">Ned Poe</a></p>',
    "a date before": "<p>Posted on 5 October 2023 by Rosa Quill and Ned Poe</p>",
}


@pytest.mark.parametrize("below", TWO.values(), ids=TWO)
def test_every_author_of_the_byline_is_kept(below: str) -> None:
    assert named(below=below) == ["Rosa Quill", "Ned Poe"]
    assert named(meta("Rosa Quill"), below=below) == ["Rosa Quill", "Ned Poe"]


@pytest.mark.parametrize(
    "written", ["Rosa Quill and Ned Poe", "Rosa Quill; Ned Poe", "Rosa Quill, Ned Poe"]
)
def test_one_declaration_can_name_two(written: str) -> None:
    assert named(meta(written)) == ["Rosa Quill", "Ned Poe"]


@pytest.mark.parametrize(
    "foot",
    [
        '<aside><a href="/x">Fares rise</a> By <a rel="author">Ida Moss</a></aside>',
        '<article class="card"><h3>Fares rise</h3><p class="byline">By Ida Moss</p></article>',
        '<section id="comments"><span class="author">Ida Moss</span></section>',
    ],
)
def test_authors_of_other_stories_and_of_comments_are_not_taken(foot: str) -> None:
    assert named(foot=foot) == []
    assert named(below="<p>By Rosa Quill</p>", foot=foot) == ["Rosa Quill"]


def test_a_sentence_that_begins_with_by_is_no_byline() -> None:
    assert named(below="<p>By Tuesday the last boat had gone</p>") == []
    assert named(below="<p>By the time Rosa Quill came, the boat had gone</p>") == []
