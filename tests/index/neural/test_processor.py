"""The cores that a container leaves us, by both versions of control groups."""

import os
from pathlib import Path

import pytest

from index.neural.processor import processor, usable_cores


@pytest.fixture(autouse=True)
def eight_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)


def group(root: Path, path: str, **files: str) -> None:
    folder = root / "sys/fs/cgroup" / path
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)


def own_group(root: Path, text: str) -> None:
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(text)


@pytest.mark.parametrize(
    ("quota", "cores"),
    [
        ("max 100000", 8),
        ("50000 100000", 1),
        ("1000 100000", 1),
        ("150000 100000", 2),
        ("300000 100000", 3),
        ("6400000 100000", 8),
        ("", 8),
        ("nonsense", 8),
        ("100000 0", 8),
    ],
)
def test_a_quota_limits_the_cores(tmp_path: Path, quota: str, cores: int) -> None:
    own_group(tmp_path, "0::/\n")
    group(tmp_path, "", cpu__max=quota)

    assert usable_cores(tmp_path) == cores


def test_the_quota_of_a_group_around_ours_counts_as_well(tmp_path: Path) -> None:
    own_group(tmp_path, "0::/outer/inner\n")
    group(tmp_path, "outer", cpu__max="200000 100000")
    group(tmp_path, "outer/inner", cpu__max="400000 100000")

    assert usable_cores(tmp_path) == 2


def test_a_container_that_sees_its_group_as_the_root_is_understood(tmp_path: Path) -> None:
    own_group(tmp_path, "0::/docker/3f2a\n")
    group(tmp_path, "", cpu__max="200000 100000")

    assert usable_cores(tmp_path) == 2


@pytest.mark.parametrize(("quota", "cores"), [("-1", 8), ("50000", 1), ("250000", 3)])
def test_a_quota_of_the_first_version_counts_as_well(
    tmp_path: Path, quota: str, cores: int
) -> None:
    own_group(tmp_path, "5:memory:/m\n3:cpu,cpuacct:/job\n")
    group(tmp_path, "cpu,cpuacct/job", cpu__cfs_quota_us=quota, cpu__cfs_period_us="100000")

    assert usable_cores(tmp_path) == cores


def test_without_control_groups_the_cores_of_the_scheduler_count(tmp_path: Path) -> None:
    assert usable_cores(tmp_path) == 8


def test_one_core_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3}, raising=False)

    assert usable_cores(tmp_path) == 1


def test_processors_that_compute_differently_have_different_descriptions(tmp_path: Path) -> None:
    (tmp_path / "proc").mkdir()
    described = []
    for flags in ("avx2", "avx2 avx512f", "avx2 avx512f avx512_bf16"):
        core = f"model name\t: A\ncpu MHz\t: 1\nflags\t\t: {flags}\n"
        (tmp_path / "proc/cpuinfo").write_text(f"{core}\n{core}")
        described.append(processor(tmp_path))

    assert len(set(described)) == 3
    assert "MHz" not in described[0]


def test_a_system_without_cpuinfo_is_described_all_the_same(tmp_path: Path) -> None:
    assert isinstance(processor(tmp_path), str)
