"""The network of the reader: an encoder with a start and an end score for each word-piece.

As in BERT for SQuAD 2.0 (Devlin et al. 2019): the first piece, [CLS], means "no answer here".
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from index.neural.embedder import bundled_folder
from rag.reading.spans import Packed
from training.encoder import encoder_of
from training.resumable import checkpoint

OUT = -1e4
STEP = 32
"""Batches are padded to a multiple of this, so that there are few shapes."""


class Reader(nn.Module):  # type: ignore[misc]  # torch is not read
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = encoder_of(folder)
        self.span = nn.Linear(self.encoder.config.hidden_size, 2)

    def forward(self, batch: Mapping[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Start and end scores, each of shape (passages, pieces)."""
        hidden = self.encoder(
            input_ids=batch["ids"],
            token_type_ids=batch["kinds"],
            attention_mask=batch["mask"],
        ).last_hidden_state
        scores = self.span(hidden).float().masked_fill(~batch["open"][..., None], OUT)
        return scores[..., 0], scores[..., 1]


def trained(checkpoints: Sequence[Path]) -> Reader:
    """With the mean of their averaged weights; DataError where one cannot be used."""
    reader = Reader(bundled_folder())
    wanted = {name: each for name, each in reader.named_parameters() if each.requires_grad}
    weights = [checkpoint(path, wanted)["average"] for path in checkpoints]
    mean = {name: torch.stack([each[name] for each in weights]).mean(0) for name in wanted}
    reader.load_state_dict(mean, strict=False)
    return reader


def batch_of(packed: Sequence[Packed]) -> dict[str, Tensor]:
    """Padded to a common length; `open` marks the pieces of the passage, and [CLS]."""
    size = -(-max(map(len, packed)) // STEP) * STEP
    ids = torch.zeros((len(packed), size), dtype=torch.long)
    kinds, mask, free = torch.zeros_like(ids), torch.zeros_like(ids), ids.bool()
    for row, each in enumerate(packed):
        ids[row, : len(each)] = torch.from_numpy(each.ids)
        kinds[row, : len(each)] = torch.from_numpy(each.kinds)
        mask[row, : len(each)] = 1
        free[row, each.start : each.start + each.size] = True
    free[:, 0] = True
    return {"ids": ids, "kinds": kinds, "mask": mask, "open": free}


def span_loss(
    scores: Tensor, right: Tensor, questions: Sequence[Sequence[int]] | None = None
) -> Tensor:
    """Negative log likelihood of each question's right places, or of none; shape (questions,).

    `scores` and `right` have the shape (passages, pieces), and [CLS] is piece 0. `questions` are
    the passages of each; without it, each passage is of its own question. A score counts less that
    of its passage's [CLS], and one softmax is over the places of all passages of a question and
    "none", so that scores compare across passages (Clark and Gardner 2018, shared normalisation).
    """
    odds = scores[:, 1:] - scores[:, :1]
    every = odds.logsumexp(1)
    held = right[:, 1:]
    answered = odds.masked_fill(~held, OUT).logsumexp(1)
    has = held.any(1)
    if questions is not None:
        of = [torch.tensor(list(rows)) for rows in questions]
        every = torch.stack([every[rows].logsumexp(0) for rows in of])
        answered = torch.stack([answered[rows].logsumexp(0) for rows in of])
        has = torch.stack([has[rows].any() for rows in of])
    none = torch.zeros_like(every)
    return torch.logaddexp(none, every) - torch.where(has, answered, none)
