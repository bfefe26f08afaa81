"""Judged answers -> the least confidence to answer from, so that few answers are wrong.

Comes in: how sure each judged answer was and whether it was right, and the share that may be wrong.
Goes out: a threshold with what it was chosen on, or why there is none. Knows no question, no
archive and no reader.
"""
