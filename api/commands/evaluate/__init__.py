"""The commands of `onrecord eval`, one file a group: sets and runs in, tables and exit codes out.

They call `eval` and print what it returns. They know nothing of how anything is measured.
"""
