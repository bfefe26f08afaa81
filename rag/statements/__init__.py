"""The who-said-what branch: a parsed intent comes in, statements or a refusal go out.

The way leads through `speakers`, `request`, `ranking`, `answer` and `reply`; it knows no passages.
"""
