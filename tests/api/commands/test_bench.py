"""`onrecord bench`: what it prints, and what its parts need."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.terminal.bench import growth_lines, limit_lines, peer_lines
from api.terminal.bench_pictures import growth_plots, peer_plots
from eval.bench.growth import GrowthReport
from eval.bench.limit import EncoderSpeed, LimitReport, StageShare
from eval.bench.peers import PeerRatios, PeerReport, SystemTimes
from eval.bench.ratios import Ratio
from eval.bench.stores import StoresTimes
from tests.support.fakes_cli import Shell, run
from tests.support.places import ROOT

KEYS = (
    "articles passages embedded build_seconds passages_per_second data_bytes index_bytes questions "
    "answered p50_ms p95_ms memory_mb peak_memory_mb cold_seconds concurrency"
).split()
"""What `--json` has had since it was there."""
WIDE = Ratio(1.5, 1.25, 1.75, 3)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    lines = (
        json.dumps({"id": f"a{n}", "title": f"Quay {n}", "text": f"Quay {n} has lamps since May."})
        for n in range(3)
    )
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.mark.slow
@pytest.mark.real  # a cold ask is a new process with its own models
def test_without_parts_the_speed_of_one_index_is_measured(articles: Path, tmp_path: Path) -> None:
    found = Shell(tmp_path / "data").json("bench", str(articles))

    assert list(found) == KEYS
    assert (found["articles"], found["questions"]) == (3, 3)
    assert [each["concurrency"] for each in found["concurrency"]] == [1, 4]


def test_peers_without_their_environment_say_how_to_make_it(articles: Path, tmp_path: Path) -> None:
    ran = Shell(tmp_path / "data").run(
        "bench", str(articles), "--part", "peers", "--environment", str(tmp_path)
    )

    assert ran.exit_code == 1
    assert "make bench-peers" in ran.stderr


def test_an_unknown_part_is_a_usage_error(articles: Path) -> None:
    assert run(None, "bench", str(articles), "--part", "beauty").exit_code == 2


def test_peers_are_printed_with_versions_ratios_and_intervals() -> None:
    ours = SystemTimes("onrecord", {"onrecord": "0.2.0"}, 90, (5.0, 4.0, 6.0), (9.0,), (12.0,))
    report = PeerReport(
        10, 5, 3, (0.1, 0.2), (ours,), (PeerRatios("txtai", WIDE, WIDE, WIDE, WIDE),), "txtai"
    )

    lines = "\n".join(peer_lines(report))

    assert "2.00 articles a second" in lines
    assert "onrecord 0.2.0" in lines
    assert "build 1.50 [1.25, 1.75]" in lines
    assert lines.endswith("the fastest")


def test_the_limit_is_printed_with_shares_of_the_ceiling() -> None:
    encoder = EncoderSpeed(
        "openvino-f32", 9, 99, (4000.0,), (2000.0,), Ratio(2.0, None, None, 1), 200, None, 350, 100
    )

    lines = list(limit_lines(LimitReport(encoder, (StageShare("read", 60.0, 0.5),))))

    assert "4,000 tokens a second, 2.00 times" in lines[0]
    assert lines[0].endswith("(openvino-f32)")
    assert "none in bf16, 350 GOPS in int8; the encoder does 100: 50% of fp32" in lines[1]
    assert lines[2].split() == ["read", "60.00", "ms", "50.0%"]


def test_growth_is_printed_with_its_exponents() -> None:
    store = StoresTimes(1_000_000, 20.0, 1.0, 2.5, 2.0, 900.0, 600.0, 0.986)

    lines = list(growth_lines(GrowthReport((), {}, (store,), {"build_seconds": 1.02})))

    assert lines[0].startswith("1,000,000 passages  build 20.0 s")
    assert lines[1] == "exponents  build_seconds 1.02"


def test_growth_and_peers_are_drawn() -> None:
    stores = tuple(StoresTimes(n, n / 1e4, 1.0, 2.5, 0.0, 9.0, 6.0, 0.99) for n in (1000, 2000))
    report = PeerReport(
        10, 5, 3, (0.1, 0.2), (), (PeerRatios("txtai", WIDE, WIDE, WIDE, WIDE),), "txtai"
    )

    growth = growth_plots(GrowthReport((), {}, stores, {}))
    peers = peer_plots(report)

    assert set(growth) == {"stores-seconds.svg", "stores-milliseconds.svg"}
    assert "terms" not in growth["stores-milliseconds.svg"]  # 0 ms has no logarithm
    assert "1.50 [1.25, 1.75]" in peers["peers.svg"]


@pytest.mark.slow
@pytest.mark.real
@pytest.mark.timeout(1200)
def test_limit_and_growth_run_over_the_sample(tmp_path: Path) -> None:
    sample = ROOT / "index" / "sample" / "articles.jsonl"
    parts = ["--part", "limit", "--part", "growth"]
    small = ["--limit", "4", "--rounds", "1", "--size", "6", "--passages", "1000"]

    ran = CliRunner().invoke(
        app,
        [
            "bench",
            str(sample),
            *parts,
            *small,
            "--keep",
            str(tmp_path / "data"),
            "--plots",
            str(tmp_path),
            "--json",
        ],
    )

    found = json.loads(ran.stdout)
    assert list(found) == ["limit", "growth"]
    assert found["limit"]["encoder"]["over_default"]["mean"] > 0
    assert [each["size"] for each in found["growth"]["archives"]] == [6]
    assert found["growth"]["stores"][0]["recall"] >= 0.97
    assert (tmp_path / "archives-seconds.svg").read_text("utf-8").startswith("<svg ")
