"""The tests, in the rooms of what they test; fakes and fixtures in `support`."""
