"""A question comes in as text; a `Query` goes out: terms, names, dates, answer type, intent.

The intent says whose words on which topic answer a question about speech. Knows no index.
"""
