"""How much memory this process holds."""

import resource
from pathlib import Path

STATUS = Path("/proc/self/status")


def resident_mb() -> float:
    """Now; where the system does not tell, the most there ever was."""
    if not STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
