"""Whether more of a measure is better. Knows names only."""

from eval.scoring.measure_labels import worded

FALLING = ("p50_ms/", "p95_ms/", "errors")
"""How names begin of which less is better, beyond those a report words so."""


def falling(measure: str) -> bool:
    """Of a measure of one set, with a baseline's prefix or without."""
    plain = measure.rpartition(":")[2]
    return plain.startswith(FALLING) or worded(plain).falling
