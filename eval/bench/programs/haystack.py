"""Haystack: documents in memory, its BM25 and embedding retrievers, joined by reciprocal rank."""

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from eval.bench.programs import protocol
from eval.bench.programs.protocol import Indexed, Work

POOL = 50


def main() -> None:
    work = Work.read(protocol.folder())
    documents = SentenceTransformersDocumentEmbedder(
        model=work.request.model, progress_bar=False, normalize_embeddings=True
    )
    questions = SentenceTransformersTextEmbedder(
        model=work.request.model, progress_bar=False, normalize_embeddings=True
    )
    documents.warm_up()
    questions.warm_up()
    questions.run("ready")

    def index(work: Work) -> Indexed:
        store = InMemoryDocumentStore(embedding_similarity_function="dot_product")
        passages = [Document(content=text, meta={"article": id}) for id, text in work.passages()]
        store.write_documents(documents.run(passages)["documents"])
        pipeline = _pipeline(store, questions, work.request.limit)

        def search(question: str) -> list[str]:
            found = pipeline.run({"embed": {"text": question}, "terms": {"query": question}})
            return [each.meta["article"] for each in found["join"]["documents"]]

        return len(passages), search

    packages = ["haystack-ai", "sentence-transformers-haystack", "sentence-transformers", "torch"]
    protocol.measure(work, index, packages)


def _pipeline(
    store: InMemoryDocumentStore, questions: SentenceTransformersTextEmbedder, limit: int
) -> Pipeline:
    pipeline = Pipeline()
    pipeline.add_component("embed", questions)
    pipeline.add_component("terms", InMemoryBM25Retriever(store, top_k=POOL))
    pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=POOL))
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=limit)
    pipeline.add_component("join", joiner)
    pipeline.connect("embed.embedding", "vectors.query_embedding")
    pipeline.connect("terms.documents", "join.documents")
    pipeline.connect("vectors.documents", "join.documents")
    return pipeline


if __name__ == "__main__":
    main()
