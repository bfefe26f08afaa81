"""The who-said-what branch: a parsed intent comes in, statements or the reason for none go out.

The rooms `request`, `search` and `answer` are passed in this order. It knows no passages.
"""
