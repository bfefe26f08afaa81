"""Takes what was predicted and what is right and gives a number: one small function a measure.

Each states its range and its paper. Does not know data sets as a whole, runs or files.
"""
