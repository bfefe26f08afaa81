"""Articles in, an immutable generation out. Knows nothing of questions."""
