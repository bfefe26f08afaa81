"""One question in, one verified answer out."""
