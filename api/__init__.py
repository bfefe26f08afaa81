"""The faces of the service: HTTP, page, command line."""
