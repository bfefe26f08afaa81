import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import (
    StorageError,
)
from tests.support.fakes_stores import FakeArchive
from tests.support.generations import answers, reader, three_articles, written
from tests.support.places import ROOT


@pytest.fixture
def archive() -> FakeArchive:
    return three_articles()


def test_a_disk_that_refuses_leaves_the_current_one(tmp_path: Path, archive: FakeArchive) -> None:
    first = written(tmp_path, archive)
    (tmp_path / "staging").write_text("in the way")

    with pytest.raises(StorageError, match="still answers"):
        written(tmp_path, archive)

    assert reader(tmp_path).current().name == first.name


FULL = """
import resource, sys
from pathlib import Path
from index.errors import StorageError
from tests.support.fakes_stores import FakeArchive
from tests.support.generations import written

folder, room = Path(sys.argv[1]), int(sys.argv[2])
archive = FakeArchive()
archive.put(**{f"a{n}": f"word{n} word{n * 7} bridge" for n in range(400)})
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    written(folder, archive, fresh=True)
except StorageError as error:
    print("refused", (folder / "staging").exists())
"""


@pytest.mark.slow
@pytest.mark.parametrize("room", [50, 3_000, 9_000, 40_000])
def test_a_file_that_may_not_grow_is_a_storage_error_wherever_it_happens(
    tmp_path: Path, archive: FakeArchive, room: int
) -> None:
    first = written(tmp_path, archive)

    ran = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), str(room)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert (ran.returncode, ran.stdout) == (0, "refused False\n"), ran.stderr
    assert reader(tmp_path).current().name == first.name


@pytest.mark.slow
def test_threads_asking_while_others_publish_always_get_a_whole_generation(
    tmp_path: Path, archive: FakeArchive
) -> None:
    written(tmp_path, archive)
    generations = reader(tmp_path)
    seen: dict[str, set[str]] = {}
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            current = generations.current()
            seen.setdefault(current.name, set()).update(answers(current, "state"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    published = []
    for number in range(12):
        archive.put(bridge=f"The state is {number}.")
        published.append(written(tmp_path, archive).name)
    stop.set()
    for thread in threads:
        thread.join()

    assert generations.current().name == published[-1]
    assert len(seen) > 1
    assert all(seen[name] == {"bridge"} for name in seen.keys() & set(published))


@pytest.mark.slow
def test_who_asks_after_a_publish_never_gets_the_index_from_before(
    tmp_path: Path, archive: FakeArchive
) -> None:
    written(tmp_path, archive)
    generations = reader(tmp_path)
    generations.current()

    for number in range(6):
        archive.put(bridge=f"The state is {number}.")
        name = written(tmp_path, archive).name
        with ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(generations.current) for _ in range(8)]

        assert {each.result().name for each in asked} == {name}


LOOP = """
import sys
from pathlib import Path
from tests.support.fakes_stores import FakeArchive
from tests.support.generations import written

archive = FakeArchive()
archive.put(**{f"a{n}": f"Report {n} on the bridge." for n in range(40)})
for number in range(10_000):
    archive.put(a0=f"Report {number} on the tunnel.")
    print(written(Path(sys.argv[1]), archive).name, flush=True)
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_a_whole_generation_and_every_acknowledged_one(
    tmp_path: Path,
) -> None:
    chance = random.Random(7)  # noqa: S311 - when to kill, no secret
    acknowledged = ""
    for _ in range(10):
        with subprocess.Popen(
            [sys.executable, "-c", LOOP, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as loop:
            assert loop.stdout
            acknowledged = loop.stdout.readline().strip()
            time.sleep(chance.uniform(0, 0.25))
            os.kill(loop.pid, signal.SIGKILL)
            acknowledged = ([acknowledged, *loop.stdout.read().split()])[-1]

        current = reader(tmp_path).current()

        assert current.name >= acknowledged[:8]
        assert (current.terms.size, current.vectors.size) == (40, 40)
        assert answers(current, "tunnel") == {"a0"}
