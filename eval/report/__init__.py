"""A run, told: one HTML file to read, Markdown to paste, JUnit XML for machines."""
