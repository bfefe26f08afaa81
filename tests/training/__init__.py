"""Tests of what trains the networks that ship."""
