"""Takes SQuAD 2.0 and a reader and measures the reader alone: each question with its paragraph.

Nothing is retrieved. Does not know the service.
"""
