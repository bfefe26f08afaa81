"""What a running service tells its operator: log lines, and figures for Prometheus.

Requests, replies and log records come in; lines and figures go out. No question and no article text
is among them. It knows nothing of the routes.
"""
