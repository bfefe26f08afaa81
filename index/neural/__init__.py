"""Texts go in; unit vectors, or the raw output of a trained network, come out.

This room knows word-pieces and weights, not articles or questions.
"""
