"""Who said what: statements found in an article, each with its speaker."""
