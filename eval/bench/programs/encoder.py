"""sentence-transformers as it comes: how long it takes to encode the texts of the articles."""

import time

from sentence_transformers import SentenceTransformer

from eval.bench.programs import protocol
from eval.bench.programs.protocol import Work


def main() -> None:
    work = Work.read(protocol.folder())
    model = SentenceTransformer(work.request.model, device="cpu")
    texts = [article["text"] for article in work.articles]
    model.encode(texts[:1])
    began = time.perf_counter()
    model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    protocol.answer(seconds=time.perf_counter() - began)


if __name__ == "__main__":
    main()
