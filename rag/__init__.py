"""A question comes in; one verified reply goes out, an answer with citations or a refusal.

Knows no HTTP, no command line and no evaluation.
"""
