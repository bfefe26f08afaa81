"""The interfaces of onrecord: commands and HTTP requests come in, text, JSON and web pages go out.

They call the service; they know nothing of retrieval, reading or storage.
"""
