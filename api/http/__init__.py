"""HTTP requests come in; JSON bodies, RFC 9457 problems and the page go out.

This folder does not know how a question is answered or how articles are stored.
"""
