"""Train the token encoding this package ships: byte-level BPE over news text.

    python -m training.train_encoding --data ../shared/data

Every article of newsqa and every `--step`-th of realtimeqa is read (4 by default: half a minute on
two cores). The merges are learnt by `tokenizers` and written in tiktoken's format: the 256 bytes
first, then a token per merge, in the order of merging. The result is the same on every run. Before
the file is written the script checks that tiktoken cuts articles it was not trained on exactly as
`tokenizers` does, and it prints how many tokens a word takes (an encoding of 100,000 tokens, such
as cl100k_base, takes about 1.3 on English news).
"""

import argparse
import gzip
import json
from base64 import b64encode
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from tokenizers import Regex, Tokenizer
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel, Sequence, Split
from tokenizers.trainers import BpeTrainer

from index.settings import BUNDLED_ENCODING
from index.text.token_counts import BUNDLED_RANKS, PATTERN, from_ranks

VOCABULARY = 16_384


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--step", type=int, default=4, help="every how many realtimeqa articles")
    parser.add_argument("--out", type=Path, default=BUNDLED_RANKS)
    arguments = parser.parse_args()
    sets = (("newsqa", 1), ("realtimeqa", arguments.step))
    texts = (_articles(arguments.data, name, step, 0) for name, step in sets)
    tokenizer = train(chain.from_iterable(texts))
    ranks = ranks_of(tokenizer)
    held_out = list(islice(_articles(arguments.data, "realtimeqa", arguments.step, 1), 300))
    report(tokenizer, ranks, held_out)
    arguments.out.write_bytes(serialized(ranks))
    print(f"{arguments.out}: {len(ranks)} tokens, {arguments.out.stat().st_size:,} bytes")


def train(texts: Iterator[str]) -> Tokenizer:
    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = Sequence(
        [
            Split(Regex(PATTERN), behavior="isolated"),
            ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    trainer = BpeTrainer(
        vocab_size=VOCABULARY,
        initial_alphabet=ByteLevel.alphabet(),
        show_progress=False,
        special_tokens=[],
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def ranks_of(tokenizer: Tokenizer) -> dict[bytes, int]:
    """Bytes to rank; `tokenizers` writes bytes as letters, so its tokens are spelt back."""
    spelling = _byte_of_letter()
    learnt = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    merged = [bytes(spelling[letter] for letter in token) for token, _ in learnt if len(token) > 1]
    tokens = [bytes([value]) for value in range(256)] + merged
    return {token: rank for rank, token in enumerate(tokens)}


def serialized(ranks: dict[bytes, int]) -> bytes:
    return b"".join(b64encode(token) + b" %d\n" % rank for token, rank in ranks.items())


def report(tokenizer: Tokenizer, ranks: dict[bytes, int], texts: list[str]) -> None:
    """Print agreement and tokens per word; end the script where the two libraries disagree."""
    ours = from_ranks(BUNDLED_ENCODING, ranks)
    spelling = _byte_of_letter()
    tokens = 0
    for text in texts:
        cut = ours.decode_tokens_bytes(ours.encode_ordinary(text))
        expected = [
            bytes(spelling[letter] for letter in token) for token in tokenizer.encode(text).tokens
        ]
        if cut != expected:
            raise SystemExit(f"tiktoken and tokenizers disagree on {text[:80]!r}")
        tokens += len(cut)
    words = sum(len(text.split()) for text in texts)
    print(f"tiktoken and tokenizers agree on {len(texts)} held-out articles")
    print(f"{tokens / words:.3f} tokens a word over {words:,} words (cl100k_base: about 1.3)")


def _byte_of_letter() -> dict[str, int]:
    """Byte-level BPE writes a byte that prints as itself, and the others from U+0100 upwards."""
    printing = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [value for value in range(256) if value not in printing]
    letters = {chr(value): value for value in printing}
    return letters | {chr(0x100 + position): value for position, value in enumerate(others)}


def _articles(data: Path, name: str, step: int, first: int) -> Iterator[str]:
    with gzip.open(data / "qa" / name / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, first, None, step):
            yield json.loads(line)["text"]


if __name__ == "__main__":
    main()
