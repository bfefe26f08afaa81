"""Articles and what is derived from them go in; they come out again from disk.

The stores know no question, and not how statements or vectors are made.
"""
