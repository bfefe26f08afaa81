"""The network of the reader: an encoder with a start and an end score for each word-piece.

As in BERT for SQuAD 2.0 (Devlin et al. 2019): the first piece, [CLS], means "no answer here".
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from rag.reading.spans import Packed
from training.encoder import encoder_of

OUT = -1e4
STEP = 32
"""Batches are padded to a multiple of this, so that there are few shapes."""


class Reader(nn.Module):
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


def span_loss(scores: Tensor, right: Tensor) -> Tensor:
    """Summed negative log likelihood of the right places; both of shape (passages, pieces)."""
    likely = scores.log_softmax(1).masked_fill(~right, OUT)
    return -likely.logsumexp(1).sum()
