"""Takes documents annotated with who said what and measures what the attributor finds in them.

Reads no index and asks no questions. Knows statements by their spans and speakers only.
"""
