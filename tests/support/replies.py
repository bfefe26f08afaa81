"""The outcome of a reply, for tests that know whether it is an answer."""

from rag.replies import Answer, Refusal, Reply


def answer(reply: Reply) -> Answer:
    assert isinstance(reply.outcome, Answer), reply.outcome
    return reply.outcome


def refusal(reply: Reply) -> Refusal:
    assert isinstance(reply.outcome, Refusal), reply.outcome
    return reply.outcome
