"""Takes the name or path of a data set and gives its articles and questions, checked.

Says where every fault is. Knows neither predictions nor measures.
"""
