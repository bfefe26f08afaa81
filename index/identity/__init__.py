"""Speakers of the archive in, the spellings of one person joined out.

Knows names, roles and the articles that quote each speaker, but no text and no storage.
"""
