"""Takes predictions whose measures are known and says which measures come out wrong.

Makes them up itself, without the service. Knows nothing of the development sets.
"""
