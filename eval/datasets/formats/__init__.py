"""The layouts datasets come in: each reads a path into a Dataset and reports every fault."""
