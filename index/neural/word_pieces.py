"""Word-pieces: the vocabulary that every network here takes its text in."""

from pathlib import Path

from tokenizers import Tokenizer

FILE = "tokenizer.json"
"""In a model's folder."""
UNKNOWN, CLS, SEP = 100, 101, 102
"""Of BERT's vocabulary: no known piece, the first of a sequence, the end of a part of it."""


def word_pieces(path: Path) -> Tokenizer:
    """All of them, of a text of any length: nothing is cut and nothing is filled up."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
