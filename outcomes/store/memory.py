"""The memory that a process may take, held to a limit where the system can."""

import os


def machine_bytes() -> int | None:
    """Memory of the machine; None where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None


def limit_memory(most_bytes: int) -> None:
    """Hold this process, and those that it starts, to so much memory; a lower limit that it has already stays."""
    try:
        import resource
    except ImportError:
        # Windows has no such limit: there what looks at a file before it is read stands alone.
        return
    soft, most = resource.getrlimit(resource.RLIMIT_DATA)
    known = [limit for limit in (soft, most) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([most_bytes, *known]), most))
