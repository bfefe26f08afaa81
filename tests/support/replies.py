"""What a reply holds, for tests that know which it is."""

from rag.replies import Answer, Refusal, Reply


def answer(reply: Reply) -> Answer:
    assert isinstance(reply.outcome, Answer), reply.outcome
    return reply.outcome


def refusal(reply: Reply) -> Refusal:
    assert isinstance(reply.outcome, Refusal), reply.outcome
    return reply.outcome
