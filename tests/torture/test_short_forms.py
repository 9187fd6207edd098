"""The short forms of what tries to break a store; the long ones are a command: python -m tests.torture."""

import os
import shutil
from pathlib import Path

import pytest
from torture.damage import KINDS, Kind, Scene, copy_scene, make_scene, try_kind
from torture.kills import run_kills
from torture.publications import run_publications

pytestmark = pytest.mark.slow

KILLS = 2
PUBLICATIONS = 3
# Kinds whose way back is walked here too: a restore and a load.
WALKED = ("warehouse: cut to half", "live snapshot: byte flipped")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("scene"))


def test_there_are_at_least_32_kinds():
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 32
    assert {kind.name for kind in KINDS} >= set(WALKED)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_damage_is_one_true_sentence_and_pages_answer_on(kind: Kind, scene: Scene, tmp_path: Path):
    outcome = try_kind(kind, copy_scene(scene, tmp_path), recovers=kind.name in WALKED)
    assert kind.found in outcome.sentence
    shutil.rmtree(tmp_path)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a round forks, which this system cannot")
def test_kills(tmp_path: Path):
    assert run_kills(tmp_path, KILLS).struck.total() == KILLS


def test_publications_under_readers(tmp_path: Path):
    found = run_publications(tmp_path, PUBLICATIONS, readers=2)
    assert found.reads >= len(found.seen) == 2
    assert max(found.seen) > 1, "no reader saw a new snapshot"
