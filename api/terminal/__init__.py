"""Replies come in; lines of text, JSON and progress bars for a terminal go out.

This folder knows no command, no option and no exit code.
"""
