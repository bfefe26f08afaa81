"""What stands before the routes: middleware that refuses a request before its body is read.

Each module knows one reason for a refusal. None knows the service.
"""
