"""The network of the attribution tagger: an encoder, tags for cues and names, roles for each cue.

The encoder is a BERT (Devlin et al. 2019) initialised with the sentence encoder; added embeddings
give it case and quotation marks. Roles are scored for every pair of a cue and a word,
as semantic roles are by Dozat and Manning (2018) and He et al. (2018), then smoothed by a
convolution along the text, so that one pass of the encoder serves all cues of a window.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

from index.attribution.tagger.heads import HALF, buckets
from index.attribution.tagger.viterbi import forbidden
from index.attribution.tagger.windows import QuotePosition, Shape
from training.encoder import encoder_of
from training.tagger_data import CUE_LABELS, NAME_LABELS, ROLE_LABELS

LAYERS = 6
LAYER = "encoder.encoder.layer."
PAIR = 192
KERNEL = 3


class Tagger(nn.Module):
    def __init__(self, folder: Path, *, dropout: float, layers: int = LAYERS) -> None:
        super().__init__()
        self.encoder = encoder_of(folder, layers=layers)
        size = self.encoder.config.hidden_size
        self.shape = _zero_embedding(len(Shape), size)
        self.quoting = _zero_embedding(len(QuotePosition), size)
        self.starting = _zero_embedding(2, size)
        self.dropout = nn.Dropout(dropout)
        self.cue = nn.Linear(size, len(CUE_LABELS))
        self.name = nn.Linear(size, len(NAME_LABELS))
        self.of_word = nn.Linear(size, PAIR)
        self.of_cue = nn.Linear(size, PAIR, bias=False)
        self.distance = nn.Embedding(2 * HALF + 1, PAIR)
        self.smooth = nn.Conv1d(PAIR, PAIR, KERNEL, padding=KERNEL // 2)
        self.role = nn.Linear(PAIR, len(ROLE_LABELS))
        self.transitions = nn.Parameter(torch.zeros(len(ROLE_LABELS), len(ROLE_LABELS)))

    def encode(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Shape (windows, pieces, hidden)."""
        words = self.encoder.embeddings.word_embeddings(batch["ids"])
        layout = self.shape(batch["shapes"]) + self.quoting(batch["quoting"])
        summed = words + layout + self.starting(batch["starting"])
        hidden = self.encoder(inputs_embeds=summed, attention_mask=batch["mask"])
        return self.dropout(hidden.last_hidden_state)

    def roles(self, hidden: Tensor, cues: Tensor, owner: Tensor) -> Tensor:
        """Shape (cues, pieces, roles); `cues` marks the pieces of each, `owner` its window."""
        share = cues.to(hidden.dtype)
        share = share / share.sum(1, keepdim=True)
        mean = torch.einsum("cn,cnh->ch", share, hidden[owner])
        pair = self.of_word(hidden)[owner] + self.of_cue(mean)[:, None]
        pair = nn.functional.gelu(pair + self.distance(torch.from_numpy(buckets(cues.numpy()))))
        smoothed = self.smooth(self.dropout(pair).transpose(1, 2)).transpose(1, 2)
        return self.role(self.dropout(nn.functional.gelu(smoothed) + pair))


def sequence_loss(scores: Tensor, labels: Tensor, transitions: Tensor) -> Tensor:
    """Summed negative log likelihood of whole label sequences (Lafferty, McCallum, Pereira 2001).

    `scores` (rows, pieces, labels), `labels` (rows, pieces) with negative values where no word
    starts, `transitions` (labels, labels); transitions that BIO forbids are excluded.
    """
    counted = labels >= 0
    order = torch.argsort((~counted).int(), dim=1, stable=True)[:, : int(counted.sum(1).max())]
    scores = scores.gather(1, order[..., None].expand(-1, -1, scores.shape[-1]))
    labels, counted = labels.gather(1, order), counted.gather(1, order)
    labels = _repaired(labels.clamp(min=0))
    moves = transitions + torch.from_numpy(forbidden(len(transitions))).clamp(min=-1e4)
    known = scores.gather(2, labels[..., None])[..., 0] * counted
    moved = moves[labels[:, :-1], labels[:, 1:]] * counted[:, 1:]
    reached = scores[:, 0] + moves[0]
    for word in range(1, scores.shape[1]):
        following = torch.logsumexp(reached[:, :, None] + moves, 1) + scores[:, word]
        reached = torch.where(counted[:, word, None], following, reached)
    first = moves[0][labels[:, 0]]
    return (torch.logsumexp(reached, 1) - known.sum(1) - moved.sum(1) - first).sum()


def _repaired(labels: Tensor) -> Tensor:
    """An I without its B or I before it, because another span cut its own, becomes a B."""
    labels = labels.clone()
    before = torch.zeros_like(labels[:, 0])
    for word in range(labels.shape[1]):
        here = labels[:, word]
        stray = (here > 0) & (here % 2 == 0) & (before != here) & (before != here - 1)
        labels[:, word] = before = torch.where(stray, here - 1, here)
    return labels


def layers_of(weights: Iterable[str]) -> int:
    """How many layers the encoder has, by the names of its weights."""
    numbers = [name.removeprefix(LAYER).partition(".")[0] for name in weights if LAYER in name]
    return 1 + max(map(int, numbers))


def _zero_embedding(count: int, size: int) -> nn.Embedding:
    embedding = nn.Embedding(count, size)
    nn.init.zeros_(embedding.weight)
    return embedding
