"""The lock files hold what the lists of packages ask for, every file of it by hash, from no place in particular."""

import re

import pytest
from source_tree import PROJECT

HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
LISTS = ("requirements", "requirements-dev")


def pins(text: str) -> dict[str, str]:
    """Version by package, as a list or a lock pins them."""
    found = re.findall(r"^([A-Za-z][\w.-]*)==([^\s;\\]+)", text, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


def problems(wanted: str, locked: str) -> list[str]:
    """What keeps a lock from standing for a list; empty where it does."""
    held = pins(locked)
    found = [
        f"Expected {name} {version} as the list says, found [{held.get(name, 'none')}]; run make lock"
        for name, version in pins(wanted).items()
        if held.get(name) != version
    ]
    for entry in re.split(r"^(?=[^\s#])", locked, flags=re.MULTILINE)[1:]:
        lines = [line.rstrip(" \\") for line in entry.splitlines() if line.lstrip()[:1] != "#"]
        hashes = [line for line in lines[1:] if HASH.fullmatch(line.strip())]
        if not pins(lines[0]) or not hashes or len(hashes) != len(lines) - 1:
            found.append(f"Expected one version and its hashes, found [{lines[0]}]; run make lock")
    found += [
        f"Expected no host and no path, found [{line.strip()}]; run make lock without them"
        for line in locked.splitlines()
        if re.search(r"://|file:|\s@\s|^-(?!-)|^--|(^|\s)[~.]?/", line)
    ]
    return found


def read(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def whole_list(name: str) -> str:
    """A list with the ones that it includes."""
    text = read(name)
    included = re.findall(r"^-r (\S+)$", text, re.MULTILINE)
    return "\n".join([text, *(whole_list(other) for other in included)])


@pytest.mark.parametrize("name", LISTS)
def test_lock_holds_what_the_list_asks_for(name: str):
    assert len(pins(whole_list(f"{name}.txt"))) >= 13
    assert problems(whole_list(f"{name}.txt"), read(f"{name}.lock")) == []


def test_tests_run_on_the_packages_that_the_app_runs_on():
    """Same versions, same files: what is tested is what is served."""
    assert read("requirements.lock").count("--hash") > 1000
    tested = set(
        re.findall(r"^\S.*==.*$|^ +--hash=\S+", read("requirements-dev.lock"), re.MULTILINE)
    )
    served = re.findall(r"^\S.*==.*$|^ +--hash=\S+", read("requirements.lock"), re.MULTILINE)
    assert [line for line in served if line not in tested] == []


def test_make_installs_from_the_locks_alone():
    installs = re.findall(r".*pip install.*", read("Makefile") + read("Containerfile"))
    assert len(installs) == 2
    assert all("--require-hashes" in line for line in installs)


SOUND = "mdurl==0.1.2 \\\n    --hash=sha256:" + "0a" * 32 + "\n    # via rich\n"


@pytest.mark.parametrize(
    ("wanted", "locked"),
    [
        ("mdurl==0.1.3", SOUND),
        ("mdurl==0.1.2\nrich==15.0.0", SOUND),
        ("mdurl==0.1.2", "mdurl==0.1.2\n    # via rich\n"),
        ("mdurl==0.1.2", SOUND + "rich>=15\n"),
        ("mdurl==0.1.2", SOUND.replace("0a", "0", 1)),
        ("mdurl==0.1.2", "--index-url https://packages.example/simple\n" + SOUND),
        ("mdurl==0.1.2", SOUND + "rich @ file:///wheels/rich-15.0.0.whl\n"),
        ("mdurl==0.1.2", SOUND + "# /home/someone/requirements.txt\n"),
    ],
)
def test_planted_faults_are_found(wanted: str, locked: str):
    assert problems("Mdurl==0.1.2", SOUND) == []
    assert problems(wanted, locked)


def loose_steps(workflow: str) -> list[str]:
    """What a workflow runs by a name that can be moved, or may do beyond reading."""
    found = [
        step
        for step in re.findall(r"uses:\s*(\S+)", workflow)
        if not re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", step)
    ]
    rights = re.findall(r"permissions:(.*(?:\n +[\w-]+: .*)*)", workflow)
    if [right.split() for right in rights] != [["contents:", "read"]]:
        found.append(f"permissions: {rights}")
    return found


def test_workflows_run_pinned_actions_and_may_only_read():
    workflows = sorted((PROJECT / ".github" / "workflows").glob("*.y*ml"))
    assert workflows
    for path in workflows:
        assert loose_steps(path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize(
    "workflow",
    [
        "permissions:\n  contents: read\nuses: actions/checkout@v6\n",
        f"permissions:\n  contents: write\nuses: actions/checkout@{'0a' * 20}\n",
        f"permissions: write-all\nuses: actions/checkout@{'0a' * 20}\n",
        f"uses: actions/checkout@{'0a' * 20}\n",
    ],
)
def test_loose_workflows_are_found(workflow: str):
    assert loose_steps(workflow)
