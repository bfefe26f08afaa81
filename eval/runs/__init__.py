"""Takes a data set and a service and leaves predictions on disk that can be scored at any time.

Knows which code, settings and machine a prediction depends on. Does not know the measures.
"""
