"""Our own side of a comparison with peers: a program that builds, searches and prints seconds."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.bench.programs import protocol
from eval.bench.programs.protocol import Indexed, Work
from eval.runs.environment import PROJECT
from index.attribution.attributor import Attributor, load_attributor
from index.documents import Article
from index.neural.embedder import load_embedder
from index.settings import BUNDLED_EMBEDDER
from index.statements import Statement
from rag.service import Service
from rag.settings import read_settings


class NoStatements:
    """An attributor that finds nothing: what peers do not do either."""

    identity = "none"

    def attribute(self, articles: Sequence[Article]) -> list[list[Statement]]:
        return [[] for _ in articles]


def main() -> None:
    work = Work.read(protocol.folder())
    embedder, attributor = load_embedder(BUNDLED_EMBEDDER), _attributor(work)
    embedder.embed_passages(["ready"])
    attributor.attribute([Article("ready", "", "“It is ready,” said Ann Lee.")])
    with TemporaryDirectory(prefix="onrecord-bench-") as aside:
        service = Service(
            read_settings(Path(aside)),
            embedder=lambda _: embedder,
            attributor=lambda: attributor,
        )

        def index(work: Work) -> Indexed:
            articles = (Article(each["id"], each["title"], each["text"]) for each in work.articles)
            report = service.add(articles, progress=lambda *_: None)
            return report.passages, lambda question: _search(service, question, work.request.limit)

        protocol.measure(work, index, [PROJECT])
        service.close()


def _attributor(work: Work) -> Attributor:
    return load_attributor() if work.request.statements else NoStatements()


def _search(service: Service, question: str, limit: int) -> list[str]:
    return [each.hit.passage.article_id for each in service.search(question, limit=limit).hits]


if __name__ == "__main__":
    main()
