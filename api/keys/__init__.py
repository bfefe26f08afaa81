"""API keys: who may ask, who may write, who may do everything.

A key is shown once, when it is made; only its hash is kept. Knows no HTTP and no commands.
"""
