"""Takes a service and articles and gives times, memory and bytes.

Measures speed only, alone and with several clients. Does not know whether an answer is right.
"""
