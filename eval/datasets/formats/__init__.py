"""Takes a path in one of the layouts data sets come in and gives a `Dataset`.

Reports every fault with file and line. Does not know which sets exist or where they are.
"""
