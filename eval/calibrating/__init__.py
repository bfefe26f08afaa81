"""Fits the threshold of a newsroom's own archive to the answers that its people judged.

Comes in: a CSV file of questions and verdicts, and the service of a data folder. Goes out: the
judged confidences in that folder, without any text. Knows no marked questions.
"""
