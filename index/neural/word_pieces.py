"""The word-piece tokeniser that every network here uses."""

from pathlib import Path

from tokenizers import Tokenizer

FILE = "tokenizer.json"
"""In a model's folder."""
UNKNOWN, CLS, SEP = 100, 101, 102
"""Ids in BERT's vocabulary: an unknown piece, the start of a sequence, the end of a part."""


def word_pieces(path: Path) -> Tokenizer:
    """A tokeniser without truncation and padding."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
