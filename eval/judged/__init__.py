"""Takes everyday questions and what systems show for each, and scores it by readers' judgements.

Questions and judgements are ids and offsets; no article text is stored here. Places that nobody has
judged are pooled for the readers. Does not know how a system chooses what it shows.
"""
