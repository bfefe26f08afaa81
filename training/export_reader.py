r"""Export a trained reader as the file that ships: ONNX with 8-bit weights.

    python -m training.export_reader runs/reader-all/checkpoint.pt \
        --out rag/reading/weights/reader.onnx

Several checkpoints of runs that began with the same weights are averaged (Wortsman et al. 2022,
arXiv:2203.05482). Needs `onnx` and `onnxscript` (the `training` extra).
"""

import argparse
from pathlib import Path

from torch import Tensor, nn

from rag.reading.reader import NETWORK
from training.exporting import PlainBert, export
from training.reader_model import Reader, trained

INPUTS = ("ids", "kinds")


class Exported(nn.Module):
    """Start and end scores, shape (passages, pieces, 2); no padding, so no mask."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.bert = PlainBert(reader.encoder)
        self.kinds = reader.encoder.embeddings.token_type_embeddings
        self.span = reader.span

    def forward(self, ids: Tensor, kinds: Tensor) -> Tensor:
        return self.span(self.bert.encode(self.bert.embed(ids) + self.kinds(kinds)))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=NETWORK)
    arguments = parser.parse_args()
    reader = trained(arguments.checkpoints)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    export(Exported(reader.eval()), arguments.out, inputs=INPUTS, output="scores")
    arguments.out.chmod(0o644)


if __name__ == "__main__":
    main()
