"""Takes articles and questions as JSON Lines and gives seconds as one JSON object.

Each module but `protocol` is a program for a process of its own, most of them in another
environment (`make bench-peers`). They know nothing of onrecord and import nothing of it.
"""
