"""Text and its quotations in, attributions found by rules out.

Knows words, marks and reporting verbs, but no names, no network and no speakers.
"""
