"""A stored run comes in; one HTML file, Markdown tables or JUnit XML go out.

This room knows the files of a run, not how they were measured.
"""
