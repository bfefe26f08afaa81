"""Systems take turns, and each round begins with the next one."""

from functools import partial

from eval.bench.interleaving import interleaved


def test_every_system_runs_once_a_round_and_each_round_begins_with_the_next() -> None:
    order: list[str] = []

    def place(name: str) -> int:
        order.append(name)
        return len(order)

    found = interleaved(
        {name: partial(place, name) for name in "abc"}, rounds=3, progress=lambda *_: None
    )

    assert "".join(order) == "abcbcacab"
    assert found == {"a": [1, 6, 8], "b": [2, 4, 9], "c": [3, 5, 7]}


def test_progress_counts_every_run() -> None:
    seen: list[tuple[int, int | None]] = []

    interleaved(
        {"a": int, "b": int}, rounds=2, progress=lambda _, done, total: seen.append((done, total))
    )

    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_machine_that_slows_down_slows_every_system() -> None:
    """In turn, the sums of a steady drift differ by less than a round; one after the other, not."""
    clock = iter(range(1, 100))

    found = interleaved(
        {name: lambda: next(clock) for name in "abc"}, rounds=3, progress=lambda *_: None
    )

    assert {name: sum(times) for name, times in found.items()} == {"a": 15, "b": 15, "c": 15}


def test_nothing_to_run_gives_nothing() -> None:
    assert interleaved({}, rounds=3, progress=lambda *_: None) == {}
