"""Takes questions whose answers are known and measures how right and how fast the service answers.

Uses the service as any caller does. Knows neither the command line nor HTTP.
"""
