"""Packets of the demonstration in both views, each made once a run."""

from dataclasses import replace
from pathlib import Path

import pytest
from built_stores import demonstration_store

from outcomes.answers.choice import BEGINNING, selection_of
from outcomes.packet.asked import Asked, ask
from outcomes.packet.contents import Packet, packet_of
from outcomes.packet.files import MAKERS
from outcomes.packet.letterhead import Letterhead
from outcomes.packet.nation import nation_packet
from outcomes.packet.questions import QUESTIONS
from outcomes.registry.database import live_registry
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import View

KESTREL = "demo-kestrel-mesa"


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the demonstration store; tests only read it."""
    return demonstration_store(tmp_path_factory)


@pytest.fixture(scope="session")
def demo_snapshot(demo_store: Path) -> Snapshot:
    """The published snapshot of the demonstration."""
    return live_snapshot(demo_store)


@pytest.fixture(scope="session")
def asked(demo_snapshot: Snapshot) -> Asked:
    """The last twelve months of one made-up program, in the program view."""
    chosen = {**BEGINNING, "program": KESTREL}
    return ask(selection_of(chosen, demo_snapshot.programs, demo_snapshot.coverage), demo_snapshot)


@pytest.fixture(scope="session", params=list(View))
def packet(request: pytest.FixtureRequest, asked: Asked) -> Packet:
    """Every question that a packet has, in one view."""
    selection = replace(asked.selection, view=request.param)
    every = tuple(question.name for question in QUESTIONS)
    return packet_of(ask(selection, asked.snapshot), Letterhead(agency_name="City & Co."), every)


@pytest.fixture(scope="session")
def nation() -> Packet:
    """Every question about the nation, from the registry of the project."""
    return nation_packet(
        live_registry(),
        Letterhead(agency_name="City & Co."),
        link_of=lambda name: f"https://example.org/{name}",
    )


@pytest.fixture(scope="session")
def files(packet: Packet) -> dict[str, bytes]:
    """The packet's three files, by ending."""
    return {ending: make(packet) for ending, make in MAKERS.items()}
