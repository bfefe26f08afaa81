"""What is kept on disk: the archive of record, and the generations derived from it."""
