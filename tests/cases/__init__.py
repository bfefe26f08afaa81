"""Small texts, each asked one thing through HTTP or read as a file, and what must come of it.

`cases.jsonl` holds them by kind, each with the report it was made after. The texts were written
for these tests.
"""
