"""The content of an archive goes in; a published generation, checked and open, comes out.

This room knows how a generation is written and replaced, not how it is searched.
"""
