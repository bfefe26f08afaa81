"""Articles, passages, statements and sketches go into one SQLite file, the system of record.

They come out by id or as one table; the archive knows no generation.
"""
