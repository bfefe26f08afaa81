"""Vectors of passages go in by id; a question's vector gets the nearest rows back.

This room knows passages by their ids, and no text, archive or generation.
"""
