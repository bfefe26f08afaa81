"""Commands for whoever keeps a service running: its settings, backups, a watched folder.

They call `rag` and print what it returns. They know nothing of HTTP.
"""
