"""What `onrecord serve` stands on: where it listens, how it stops, and the keys of its callers.

`keys` is a command of its own. Nothing here knows what is served.
"""
