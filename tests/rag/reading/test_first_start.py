"""All networks on a small machine that has never run them: every engine is loaded and tried."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.places import ROOT

PROGRAM = """
import os, resource
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
resource.setrlimit(resource.RLIMIT_DATA, (2 * 2**30, 2 * 2**30))
from index.attribution.tagger.tagger import ShippedTagger
from index.neural.embedder import BundledEmbedder
from rag.reading.reader import load_reader
vectors = BundledEmbedder().embed_passages(["one", "two"])
[found] = ShippedTagger().read(["“It will rain,” Ann Obi said."])
assert load_reader("bundled") and len(vectors) == 2 and found.attributions
[most] = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(most.split()[1]) // 1024)  # getrusage would count the process that started this one
"""


@pytest.mark.real
@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="needs Linux")
def test_one_core_and_two_gigabytes_are_enough_for_a_first_start(tmp_path: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        check=True,
        cwd=ROOT,
        env=os.environ | {"ONRECORD_ENGINE_CACHE": str(tmp_path)},
        capture_output=True,
    )

    assert int(started.stdout) < 1_000  # MB; 450 were measured
