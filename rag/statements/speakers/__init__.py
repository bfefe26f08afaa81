"""A name or an office in a question comes in, the speakers of the archive it may mean go out.

It knows no topic, and of an office only who was told to hold it and when.
"""
