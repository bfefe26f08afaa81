"""Takes two readers and the development sets and measures both, row by row beside the targets.

It composes `eval run`, `eval reading` and `eval compare`. Does not know how a reader is trained.
"""
