"""Articles go in; sketches of their words, and groups of near duplicates, come out.

This room knows no store and compares only the pairs it is given.
"""
