"""The made-up programs, as cities.toml lists them: who they are, when they answer, and what sets each apart."""

import tomllib
from pathlib import Path

from pydantic import TypeAdapter

from outcomes.demo.program import DemoProgram

FILE = Path(__file__).with_name("cities.toml")
PROGRAMS = TypeAdapter(tuple[DemoProgram, ...]).validate_python(
    tomllib.loads(FILE.read_text(encoding="utf-8"))["programs"]
)
