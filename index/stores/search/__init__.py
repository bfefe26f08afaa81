"""Passages, statements, speakers and vectors go into search indexes; queries get ranked ids back.

The search indexes know no archive and no question in words.
"""
