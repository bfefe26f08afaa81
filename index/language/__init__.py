"""What is known of English words: terms, word classes, verbs, names, numbers and the calendar.

Single words and short phrases come in, classes and keys go out. Knows no article and no question.
"""
