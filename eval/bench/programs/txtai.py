"""txtai: its hybrid index of vectors and BM25, with its contents in SQLite."""

from txtai import Embeddings

from eval.bench.programs import protocol
from eval.bench.programs.protocol import Indexed, Work


def main() -> None:
    work = Work.read(protocol.folder())
    embeddings = Embeddings(
        path=work.request.model,
        method="sentence-transformers",
        hybrid=True,
        content=True,
        gpu=False,
    )
    embeddings.batchtransform(["ready"])

    def index(work: Work) -> Indexed:
        passages = work.passages()
        embeddings.index((row, text, None) for row, (_, text) in enumerate(passages))

        def search(question: str) -> list[str]:
            found = embeddings.search(question, work.request.limit)
            return [passages[int(each["id"])][0] for each in found]

        return len(passages), search

    protocol.measure(work, index, ["txtai", "sentence-transformers", "faiss-cpu", "torch"])


if __name__ == "__main__":
    main()
