"""Text in, attributions and names found by a trained network out.

Knows weights and word-pieces, but no rules, no entities and no speakers.
"""
