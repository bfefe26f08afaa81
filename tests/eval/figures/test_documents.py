"""The tables of README and docs, and the JSON files that they are written from."""

from pathlib import Path

import pytest

from eval.errors import DataError
from eval.figures.documents import FOLDER, Figures, outdated, rendered
from eval.figures.tables import TABLES

MARKED = "Before.\n<!-- figures:attribution -->\n{}<!-- /figures -->\nAfter.\n"


def figures(folder: Path) -> Path:
    measures = {"polnear/cue_exact_f1": 0.74, "gum/he_she_right": 0.9}
    Figures(
        "attribution", ("onrecord eval attribution --data DATA",), "2026-11-27", measures
    ).write(folder)
    return folder


def test_the_pages_show_what_the_json_files_hold() -> None:
    assert [page.name for page, _ in outdated()] == [], "run `make figures`"


MEASURED = sorted(path.stem for path in FOLDER.glob("*.json"))
"""A table without a file was never measured; no page may show it (`Figures.read` refuses)."""


def test_every_file_has_a_table() -> None:
    assert set(MEASURED) <= set(TABLES)


@pytest.mark.parametrize("name", MEASURED)
def test_a_table_has_rows_of_one_width(name: str) -> None:
    lines = TABLES[name](Figures.read(name).measures).splitlines()

    assert len(lines) > 2
    assert len({line.count("|") for line in lines}) == 1


def test_what_stands_between_the_markers_is_replaced(tmp_path: Path) -> None:
    text = rendered(MARKED.format("old\n"), figures(tmp_path))

    assert text.startswith("Before.\n<!-- figures:attribution -->\n| measure | value |\n")
    assert "| PolNeAR dev, cue: exact F1 | .740 |\n" in text
    assert "Measured on 2026-11-27 with `onrecord eval attribution --data DATA`.\n" in text
    assert text.endswith("<!-- /figures -->\nAfter.\n")
    assert "old" not in text
    assert rendered(text, tmp_path) == text


def test_a_page_that_differs_is_outdated(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(MARKED.format("| cue | .999 |\n"))

    [(page, text)] = outdated(tmp_path, figures(tmp_path))

    assert page.name == "README.md"
    assert ".740" in text


def test_an_unknown_marker_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="beauty"):
        rendered("<!-- figures:beauty -->\n<!-- /figures -->", tmp_path)


def test_figures_are_read_as_they_were_written(tmp_path: Path) -> None:
    found = Figures.read("attribution", figures(tmp_path))

    assert found.measures == {"polnear/cue_exact_f1": 0.74, "gum/he_she_right": 0.9}
    assert found.date == "2026-11-27"
