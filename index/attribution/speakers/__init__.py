"""Attributions and entities in, statements with their speakers out.

Knows names, descriptions and pronouns of one article, but not how attributions were found.
"""
