"""Names of the time zones that there are."""

from functools import cache
from zoneinfo import available_timezones


@cache
def time_zones() -> frozenset[str]:
    """Names such as America/Denver, from the system or the package tzdata; read once, for they lie in hundreds of files."""
    return frozenset(available_timezones())
