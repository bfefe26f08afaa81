"""From canonical text to passages: furniture, sentences, tokens."""
