"""The environment and the models are examined before the data folder."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.maintenance.health.findings import Finding, Grade
from rag.doctor.environment import environment_findings, package_finding
from rag.doctor.examination import examine
from rag.doctor.weights import SHIPPED, weight_findings
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader
from tests.support.newsroom import newsroom


def by_check(found: list[Finding]) -> dict[str, Finding]:
    return {each.check: each for each in found}


def test_this_installation_is_whole() -> None:
    found = [*environment_findings(), *weight_findings()]

    assert [each for each in found if each.grade is not Grade.OK] == []
    assert len(SHIPPED) == 6


def test_weights_that_are_not_the_published_ones_are_named() -> None:
    place = ("index", "attribution/weights/pronouns.json")

    [other] = weight_findings({place: "0" * 64})
    [missing] = weight_findings({("index", "nothing.onnx"): "0" * 64})

    assert (other.grade, missing.grade) == (Grade.FAIL, Grade.FAIL)
    assert "pronouns.json has sha256" in other.found
    assert "nothing.onnx cannot be read" in missing.found


def test_packages_that_are_missing_or_out_of_range_are_named() -> None:
    needed = ["numpy>=2,<3", "tantivy>=0.25", 'torch>=2; extra == "training"', "nltk"]
    versions = {"numpy": "1.26.4", "tantivy": "0.26.0"}

    found = package_finding(needed, versions.get)

    assert found.grade is Grade.FAIL
    assert found.found == "numpy is 1.26.4, not <3,>=2, nltk is not installed."


def test_a_model_that_cannot_be_loaded_does_not_hide_the_rest(tmp_path: Path) -> None:
    def broken(_: str) -> FakeEmbedder:
        raise ModelError("The weights are gone.")

    with newsroom(tmp_path):
        pass
    service = Service(ServiceSettings(data=tmp_path), embedder=broken, reader=no_reader)

    found = by_check(list(service.examine()))
    service.close()

    assert found["embedder"].grade is Grade.FAIL
    assert found["texts"].grade is Grade.OK
    assert found["vectors"].grade is Grade.OK


def test_vectors_that_are_no_unit_vectors_are_found(tmp_path: Path) -> None:
    class Longer(FakeEmbedder):
        def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return 2 * super().embed_questions(texts)

    service = Service(
        ServiceSettings(data=tmp_path), embedder=lambda _: Longer(), attributor=FakeAttributor
    )
    found = by_check(list(service.examine()))
    service.close()

    assert "length 2.000" in found["embedder"].found


def test_the_examination_begins_with_what_all_else_needs(tmp_path: Path) -> None:
    with newsroom(tmp_path) as service:
        found = [each.check for each in service.examine()]

    assert found[:5] == ["Python", "packages", "models", "embedder", "reader"]
    assert examine.__doc__
