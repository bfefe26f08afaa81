"""Which questions are about one story, so that they are never taken for independent."""

from eval.datasets.questions import Dataset, Question


def clusters_of(dataset: Dataset) -> dict[str, str]:
    """By question id: the story of its first gold article, or the question where it has none."""
    return {question.id: _cluster(dataset, question) for question in dataset.questions}


def _cluster(dataset: Dataset, question: Question) -> str:
    articles = [*(gold.article for gold in question.gold), *question.relevant]
    return f"story {dataset.group_of(articles[0])}" if articles else f"question {question.id}"
