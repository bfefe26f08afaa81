"""A data folder is examined, file by file and row by row; findings come out, nothing is changed.

Every check says what it found, how grave that is, and which command mends it. Knows no question.
"""
