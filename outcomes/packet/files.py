"""The three files of a packet: made whole in memory, written beside, and only then given their names."""

import contextlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from outcomes.packet.contents import Packet
from outcomes.packet.pdf import packet_pdf
from outcomes.packet.problem import PacketProblem


def _slides(packet: Packet) -> bytes:
    # Takes a while to load, and is wanted by few readers.
    from outcomes.packet.slides import packet_slides

    return packet_slides(packet)


def _workbook(packet: Packet) -> bytes:
    from outcomes.packet.workbook import packet_workbook

    return packet_workbook(packet)


# By ending: how a packet is made, and what browsers call it.
MAKERS: dict[str, Callable[[Packet], bytes]] = {
    "pdf": packet_pdf,
    "pptx": _slides,
    "xlsx": _workbook,
}
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "pdf": "application/pdf",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
}


def file_name(packet: Packet, ending: str) -> str:
    """Name of a packet's file: program, packet and period, and that it is made up where it is."""
    return packet.about.file_name("packet", ending)


def write_packet(packet: Packet, folder: Path) -> list[Path]:
    """The packet's three files in a folder, which is made where it is not there; those of the same name are replaced.

    Raises PacketProblem where they cannot be written; then none of the three is there that was not there before.
    """
    return write_files(
        {file_name(packet, ending): make(packet) for ending, make in MAKERS.items()}, folder
    )


def write_files(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Whole files by name in a folder, all or none; raises PacketProblem as write_packet does."""
    beside = {folder / f".{name}.part": folder / name for name in files}
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for part, data in zip(beside, files.values(), strict=True):
            with part.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        for part, place in beside.items():
            part.replace(place)
    except OSError as error:
        for part in beside:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        if is_new:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise PacketProblem(
            f"Expected a folder that {len(files)} files can be written to, found [{folder}: {error.strerror}]; nothing "
            "was written: choose another, or make room."
        ) from None
    return list(beside.values())
