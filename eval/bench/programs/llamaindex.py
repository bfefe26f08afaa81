"""LlamaIndex: faiss for vectors, BM25 by bm25s, fused by reciprocal rank."""

import faiss
from llama_index.core import Settings, StorageContext, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.faiss import FaissVectorStore

from eval.bench.programs import protocol
from eval.bench.programs.protocol import Indexed, Work

DIMENSIONS = 384
POOL = 50
BATCH = 32
"""sentence-transformers' own default; LlamaIndex's is 10."""


def main() -> None:
    work = Work.read(protocol.folder())
    model = HuggingFaceEmbedding(
        model_name=work.request.model, device="cpu", embed_batch_size=BATCH
    )
    model.get_text_embedding("ready")
    Settings.embed_model, Settings.llm = model, MockLLM()

    def index(work: Work) -> Indexed:
        nodes = [
            TextNode(text=text, metadata={"article": id}, excluded_embed_metadata_keys=["article"])
            for id, text in work.passages()
        ]
        store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(DIMENSIONS))
        vectors = VectorStoreIndex(nodes, StorageContext.from_defaults(vector_store=store))
        retriever = QueryFusionRetriever(
            [
                vectors.as_retriever(similarity_top_k=POOL),
                BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=POOL),
            ],
            num_queries=1,  # no language model makes up further questions
            mode=FUSION_MODES.RECIPROCAL_RANK,
            similarity_top_k=work.request.limit,
            use_async=False,
        )

        def search(question: str) -> list[str]:
            return [found.node.metadata["article"] for found in retriever.retrieve(question)]

        return len(nodes), search

    packages = [
        "llama-index-core",
        "llama-index-embeddings-huggingface",
        "llama-index-vector-stores-faiss",
        "llama-index-retrievers-bm25",
        "sentence-transformers",
        "torch",
    ]
    protocol.measure(work, index, packages)


if __name__ == "__main__":
    main()
