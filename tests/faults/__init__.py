"""What may go wrong while the service runs for months. `make faults` tries more rounds of each."""

import os

ROUNDS = int(os.environ.get("ONRECORD_FAULT_ROUNDS", "1"))
"""How many times as much is tried as by `make test`."""
