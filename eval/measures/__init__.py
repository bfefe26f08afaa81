"""What is measured: each measure a small function with its definition, range and paper."""
