"""Memory of mapped files: given back where nothing can be lost."""

import mmap
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from index.neural.embedder import bundled_folder
from index.neural.mapped_pages import give_back
from index.neural.network import NetworkFile
from index.neural.openvino_network import OPENVINO_F32
from index.neural.sentence_encoder import GRAPH, INPUT, WEIGHTS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
PIECES = np.arange(2000, 2185)
SIZE = 8 * mmap.PAGESIZE


def resident(ending: str) -> int:
    """Kilobytes in memory of all mappings of files with this ending."""
    total, counts = 0, False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        name, *rest = line.split()
        if not name.endswith(":"):
            counts = bool(rest) and line.removesuffix(" (deleted)").endswith(ending)
        elif name == "Rss:" and counts:
            total += int(rest[0])
    return total


def file_in(folder: Path) -> Path:
    path = folder / "mapped.weights"
    path.write_bytes(b"x" * SIZE)
    return path


def test_a_file_mapped_to_be_read_is_given_back_and_reads_as_before(tmp_path: Path) -> None:
    with (
        file_in(tmp_path).open("rb") as file,
        mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as m,
    ):
        assert m[:] == b"x" * SIZE

        given = give_back(tmp_path)

        assert (given, resident("mapped.weights"), m[:]) == (SIZE, 0, b"x" * SIZE)


@pytest.mark.parametrize(
    "mapping",
    [
        {"flags": mmap.MAP_PRIVATE, "prot": mmap.PROT_READ},
        {"flags": mmap.MAP_PRIVATE, "prot": mmap.PROT_READ | mmap.PROT_WRITE},
        {"flags": mmap.MAP_SHARED, "prot": mmap.PROT_READ | mmap.PROT_WRITE},
    ],
    ids=["private", "private and written", "shared and written"],
)
def test_what_somebody_may_have_altered_stays(tmp_path: Path, mapping: dict[str, int]) -> None:
    with file_in(tmp_path).open("r+b") as file, mmap.mmap(file.fileno(), 0, **mapping) as mapped:
        assert mapped[:1] == b"x"

        assert give_back(tmp_path) == 0


def test_files_of_other_folders_stay(tmp_path: Path) -> None:
    beside = tmp_path / "folder-2"
    beside.mkdir()
    with file_in(beside).open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as m:
        assert m[:1] == b"x"

        assert give_back(tmp_path / "folder") == 0


def held_after_a_call() -> tuple[int, bool]:
    """Kilobytes of the weights' file, and whether a second call computes the same."""
    network = OPENVINO_F32.load(NetworkFile(GRAPH, bundled_folder() / WEIGHTS), 1)
    first = network({INPUT: PIECES})
    held = resident(WEIGHTS)
    return held, bool((network({INPUT: PIECES}) == first).all())


@pytest.mark.real
def test_after_its_first_call_the_encoder_holds_its_weights_once() -> None:
    """In a process of its own: other tests may have the same file mapped in this one."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        assert alone.submit(held_after_a_call).result() == (0, True)
