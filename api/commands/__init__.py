"""The sub-commands of `onrecord`, a verb or noun a file; each loads what it needs as it runs."""
