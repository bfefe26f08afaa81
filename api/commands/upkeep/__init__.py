"""Commands that keep a data folder small, clean and whole, and what they report.

They know the service and the command line, and nothing of how anything is stored.
"""
