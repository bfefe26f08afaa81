"""Keeping a data folder small, clean and whole: erasing for good, sweeping, examining.

This room knows every store, and nothing of questions.
"""
