"""Takes the articles of an archive and gives a synthetic data set: questions with their gold.

Withholds some articles, so that some questions have no answer. Asks and scores nothing.
"""
