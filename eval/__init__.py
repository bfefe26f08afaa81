"""Tells whether answers are right, and fast."""
