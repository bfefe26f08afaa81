"""Flat on purpose: `tests.index` would shadow `index`."""
