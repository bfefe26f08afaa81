"""Where a server listens, who may call it, and by which names. Starts nothing but a socket."""

import errno
import resource
import socket
from ipaddress import ip_address

from index.errors import SettingsError

OTHER_FILES = 400
"""Files of the index and the archive, and the connections kept for health checks."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that is already listening, so that the printed address is right."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
            listener.listen()
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise SettingsError(_cannot_listen(host, port, error)) from error
    return listener


def is_this_machine(host: str) -> bool:
    """Whether only programs on this machine reach the address."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return True  # nobody can listen there: `listening` says why
    return all(ip_address(str(each[4][0])).is_loopback for each in found)


def hosts_of(host: str, allowed: str) -> frozenset[str]:
    """The names that a request may call the server by, in lower case."""
    from api.http.callers import ANY, THIS_MACHINE, host_name
    from rag.settings import listed

    names = {host, socket.gethostname(), *listed(allowed)}
    return THIS_MACHINE | {each if each == ANY else host_name(each) for each in names}


def root_path_of(written: str) -> str:
    """`/archive` of `archive/`; nothing of `/`."""
    inner = written.strip().strip("/")
    return f"/{inner}" if inner else ""


def connections_within(wanted: int) -> int:
    """As many as were asked for, if the system lets the process open that many files.

    Raises the process's own limit, which is often 1024, as far as it may.
    """
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + OTHER_FILES
    files = needed if most == resource.RLIM_INFINITY else min(needed, most)
    if soft != resource.RLIM_INFINITY and soft < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return max(1, min(wanted, files - OTHER_FILES))


def address_of(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is used by another program: stop it, or choose another "
            f"port, for example --port {port + 1}, or --port 0 for any free port."
        )
    return (
        f"Cannot listen on {host}, port {port} ({error.strerror or error}): "
        "choose others with --host and --port."
    )
