"""`python -m eval.bench.soak --data FOLDER --minutes N`: exit code 1 if the server did not hold."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from eval.bench.soak.soaking import soak


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.soak", description=soak.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a data folder with an index")
    parser.add_argument("--minutes", type=float, default=30.0)
    arguments = parser.parse_args()
    found = soak(arguments.data, arguments.minutes)
    sys.stdout.write(json.dumps(asdict(found), indent=2) + "\n")
    return 0 if found.held else 1


if __name__ == "__main__":
    sys.exit(main())
