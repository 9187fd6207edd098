"""Every page of the evil city in Chromium, in both views."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def run_browser() -> None:
    """Run the browser's test of the evil city on every page; ends with a failure where it fails."""
    command = [sys.executable, "-m", "pytest", "-q", "tests/browser/test_evil_city.py"]
    environment = {**os.environ, "OUTCOMES_TORTURE": "1"}
    if subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode:
        sys.exit(1)
