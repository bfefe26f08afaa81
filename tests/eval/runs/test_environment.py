"""What is noted about where numbers come from."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

from eval.runs.environment import cpu, environment, git, versions


def checkout(folder: Path) -> Path:
    who = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]
    (folder / "kept.txt").write_text("one\n")
    for args in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "one"]):
        subprocess.run(["git", "-C", str(folder), *args], check=True)
    return folder


def test_a_clean_checkout_is_named_by_its_revision(tmp_path: Path) -> None:
    found = git(checkout(tmp_path))

    assert found is not None
    assert len(found["revision"]) == 40
    assert found["dirty"] is False


@pytest.mark.parametrize("name", ["kept.txt", "new.txt"])
def test_anything_changed_or_new_makes_a_checkout_dirty(tmp_path: Path, name: str) -> None:
    (checkout(tmp_path) / name).write_text("two\n")

    found = git(tmp_path)

    assert found is not None
    assert found["dirty"] is True


def test_outside_a_checkout_there_is_no_revision(tmp_path: Path) -> None:
    assert git(tmp_path) is None


def test_direct_dependencies_are_named_with_their_versions() -> None:
    found = versions("onrecord")

    assert found["numpy"] == np.__version__
    assert {"onrecord", "faiss-cpu", "sentence-transformers", "torch"} <= found.keys()
    assert "pytest" not in found


def test_a_package_that_is_not_installed_has_no_version() -> None:
    assert versions("no-such-package-as-this") == {"no-such-package-as-this": None}


def test_the_processor_is_read_from_the_first_entry(tmp_path: Path) -> None:
    info = tmp_path / "cpuinfo"
    info.write_text("model name\t: Quick 9\nflags\t: sse avx\n\nmodel name\t: Other\nflags\t: x\n")

    found = cpu(info)

    assert (found["model"], found["flags"]) == ("Quick 9", ["avx", "sse"])
    assert found["cores"] >= 1


def test_settings_and_seeds_are_kept_as_given() -> None:
    found = environment(settings={"passage_tokens": 180}, seeds={"bootstrap": 0})

    assert found["settings"] == {"passage_tokens": 180}
    assert found["seeds"] == {"bootstrap": 0}
    assert found["python"].count(".") == 2
