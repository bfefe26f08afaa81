"""A server under load for as long as you like: `python -m eval.bench.soak --data FOLDER`.

A real server works on a copy of the folder while clients ask it and write to it. Knows nothing of
how answers are found: it counts statuses and times, and looks for what was lost.
"""
