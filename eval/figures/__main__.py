"""Write the figures of README and docs: `make figures`, or `python -m eval.figures [SOURCE...]`.

Without sources, the tables between `<!-- figures:NAME -->` and `<!-- /figures -->` are written from
`eval/figures/NAME.json`. With sources, these JSON files are made first; only the figures that the
sources measure are replaced. A source is

- a folder of `onrecord eval run` (quality, abstention): the sets of the tables are in `tables.py`,
- a folder of `onrecord eval attribution --out` (attribution),
- a file with the output of `onrecord eval reading --json` (abstention),
- files with the output of `onrecord bench --json` (speed; peers where `--part peers` was measured):
  several over one archive give a range of speed.

Name all sources of one table in one call. `confidence.json` is written by hand, from what
`python -m training.fit_confidence` prints. A new table is a function in `tables.TABLES`, a JSON
file and a marker. `tests/eval/figures` fails where a page and a JSON file differ.
"""

import sys
from pathlib import Path

from eval.figures.collect import collect
from eval.figures.documents import outdated


def main(sources: list[str]) -> None:
    for figures in collect([Path(source) for source in sources]):
        figures.write()
        sys.stdout.write(f"{figures.name}.json: {len(figures.measures)} measures\n")
    for page, text in list(outdated()):
        page.write_text(text, "utf-8")
        sys.stdout.write(f"{page.name}: written\n")


main(sys.argv[1:])
