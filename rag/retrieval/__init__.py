"""A query comes in; passages with their text go out, best first, of one article per story.

Knows no answers: nothing here says whether a passage answers the question.
"""
