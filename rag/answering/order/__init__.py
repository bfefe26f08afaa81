"""The last ranking step: what is outdated, of another year or of another kind gives way.

`preferences.py` has the weights; the other modules each tell one thing about the candidates.
"""
