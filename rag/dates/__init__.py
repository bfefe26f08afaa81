"""Text with the instant of asking comes in; ranges of calendar days go out, in UTC.

Dates are explicit, underspecified ("in May") or relative ("last week"). Knows no index.
"""
