"""Takes predictions and their data sets and gives measures, intervals, comparisons and gates.

Writes them into the folder of the run. Does not know the service or how a report shows them.
"""
