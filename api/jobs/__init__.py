"""Writes as jobs: kept in a queue on the disk, run one after another, resumed after a restart.

Additions run in the order they came; removals go before them, and hide their articles at once.
Knows no HTTP: the body of an addition is read by a function that is handed in.
"""
