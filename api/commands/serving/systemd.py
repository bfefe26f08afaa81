"""Tells systemd how the service fares (`sd_notify`), if systemd started it."""

import logging
import os
import socket

logger = logging.getLogger(__name__)


class Notifier:
    """Sends datagrams to the address of `$NOTIFY_SOCKET`; does nothing without one."""

    def __init__(self, address: str = "") -> None:
        self._address = address

    def tell(self, line: str) -> None:
        """READY=1, WATCHDOG=1 or STOPPING=1. A failure is no reason to stop."""
        if not self._address:
            return
        place = f"\0{self._address[1:]}" if self._address[0] == "@" else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
                sender.sendto(line.encode(), place)
        except OSError as error:
            logger.warning("systemd could not be told %s: %s", line, error.strerror)


def notifier_of_environment() -> Notifier:
    """Also takes the variable out, so that no process started from here speaks in our name."""
    return Notifier(os.environ.pop("NOTIFY_SOCKET", ""))
