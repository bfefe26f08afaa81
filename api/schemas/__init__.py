"""Replies and articles come in; JSON bodies go out, the same for HTTP and the command line.

The schemas know nothing of routes, status codes or terminals.
"""
