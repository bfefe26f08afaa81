"""A question's text comes in; a `Query` goes out: terms, names, numbers, dates, answer type, intent.

The intent says whose words on which topic answer a question about speech. Knows no index.
"""
