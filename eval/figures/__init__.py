"""Takes the measures of stored runs and gives the tables of README and docs.

Keeps the numbers as JSON beside this file, without any text of articles. Knows nothing of how a run
is made or scored.
"""
