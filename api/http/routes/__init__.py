"""One file per group of HTTP operations."""
