"""The parsed tree of a saved page goes in; what the page declares comes out.

Nothing is guessed: what a page does not declare as its own stays unknown. Knows no file and no
archive.
"""
