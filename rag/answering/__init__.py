"""The passage branch: a query comes in, an answer or a refusal with citations goes out.

It knows no statements: a function handed in leaves out the sentences they attribute.
"""
