"""Arguments of a sub-command come in; text or JSON and an exit code go out.

Commands load other modules when they run, and know nothing of how the service works.
"""
