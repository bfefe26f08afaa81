"""Articles in, statements with their speakers out: who said what.

Knows one article at a time: no archive, no index and no question.
"""
