"""Articles come in; an immutable index, a generation, comes out.

The index knows nothing of questions.
"""
