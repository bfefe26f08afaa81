"""The files of trained networks that the packages carry, with their published checksums."""

import hashlib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from index.maintenance.health.findings import Finding, Grade

REINSTALL = "pip install --force-reinstall onrecord"
SHIPPED: Mapping[tuple[str, str], str] = {
    ("index", "neural/sentence_encoder.onnx"): (
        "1d189c571a2ee820be2f00f0aadae6ce40cdf68b1ca324fffb05dea20deada53"
    ),
    ("index", "attribution/weights/tagger.onnx"): (
        "13a9d5b0e5a2a329b1a3eacd54cac1f6b72ed7d119b8cf75474c9f0a988cf4f0"
    ),
    ("index", "attribution/weights/tagger-heads.safetensors"): (
        "37a01491a369da9a38515f70da1cf8984531f2a0ab67d08a8c8656dc727a0940"
    ),
    ("index", "attribution/weights/pronouns.json"): (
        "4366b99d7f11ec7ceb985d3856a0fd5deadb4519c0473e243908cf97d1781c18"
    ),
    ("index", "text/onrecord_news_16k.tiktoken"): (
        "c09993b639c3f7358496bd524bf064dd8856ae430bd01b9957710b92682388c5"
    ),
    ("rag", "reading/weights/reader.onnx"): (
        "ceb0582297a522221acd230871eb4bc52d852348fbd9cf4bec4aa5841c2abf2f"
    ),
}
"""By package and path."""


def weight_findings(shipped: Mapping[tuple[str, str], str] = SHIPPED) -> Iterator[Finding]:
    """One for all that are as published, and one for each that is not."""
    faults = [fault for place, sha256 in shipped.items() if (fault := _fault(*place, sha256))]
    for fault in faults:
        yield Finding("models", Grade.FAIL, fault, REINSTALL)
    if not faults:
        yield Finding("models", Grade.OK, f"{len(shipped)} files of models are as published.")


def _fault(package: str, name: str, sha256: str) -> str:
    path = Path(str(files(package))) / name
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"{path} cannot be read ({error.strerror or error})."
    return "" if found == sha256 else f"{path} has sha256 {found}, not the published {sha256}."
