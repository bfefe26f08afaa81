"""No file of an old generation stays mapped, also where the collector of cycles never runs."""

import gc
from pathlib import Path

import pytest

from rag.service import Service
from rag.settings import ServiceSettings
from tests.index.test_build import story
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent

pytestmark = pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs Linux")
QUESTIONS = (
    "When did the ferry committee meet?",
    "What did Ann Lee say about the ferry?",
    "Who said that the ferry is late?",
    "xyzzy",
)


def dead_maps(folder: Path) -> list[str]:
    """Of files that were deleted."""
    lines = Path("/proc/self/maps").read_text().splitlines()
    return [line for line in lines if str(folder) in line and line.endswith("(deleted)")]


def ask_everything(service: Service) -> None:
    for question in QUESTIONS:
        service.ask(question)
        service.search(question)
        service.ask_with_trace(question)
    service.statements(about="ferry")
    service.speakers("Ann Lee")
    service.state()


def test_no_file_of_an_old_generation_stays_mapped(tmp_path: Path) -> None:
    service = Service(
        ServiceSettings(data=tmp_path),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=no_reader,
    )
    service.add([story("ferry")], progress=silent)
    gc.collect()
    gc.disable()
    try:
        for number in range(8):
            text = f'The ferry is late on day {number}. Ann Lee said: "It is late, day {number}."'
            service.add([story(f"late{number}", text)], progress=silent)
            ask_everything(service)
    finally:
        gc.enable()

    assert dead_maps(tmp_path) == []
    service.close()
