"""The settings of this server, and whether it is there for this machine alone."""

import argparse
import ipaddress
import sys
from pathlib import Path
from urllib.parse import urlsplit

from streamlit import config

from outcomes.settings import Settings


def read_settings() -> Settings:
    """Where agencies and store are: from `streamlit run app.py -- --store DIR`, else the environment.

    Whether the page that loads a log is there is settled here: where nothing is said, only on a server for this machine.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--agencies", type=Path)
    parser.add_argument("--store", type=Path)
    started_here = Path(sys.argv[0]).name == "app.py"
    given, _ = parser.parse_known_args(sys.argv[1:] if started_here else [])
    found = Settings(**{name: path for name, path in vars(given).items() if path is not None})
    is_offered = _is_here_alone(found) if found.load_page is None else found.load_page
    return found.model_copy(update={"load_page": is_offered and not found.public_only})


def _is_here_alone(settings: Settings) -> bool:
    """Whether readers are on this machine: the server listens on no other address and has no public one."""
    public = urlsplit(settings.public_address).hostname
    return listens_here_alone() and (public is None or is_loopback(public))


def listens_here_alone() -> bool:
    """Whether the server listens on this machine's own addresses alone."""
    return is_loopback(str(config.get_option("server.address") or ""))


def is_loopback(host: str) -> bool:
    """Whether a host's name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
