"""The command that writes a council packet, for a job that runs by itself every month."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

import typer

from outcomes.cli.options import AgenciesOption, StoreOption, settings_of
from outcomes.selection import SelectionError
from outcomes.vocabulary.log import View

if TYPE_CHECKING:
    from outcomes.packet.letterhead import Letterhead
    from outcomes.selection import Selection

PERIOD_HELP = (
    "last-month, last-quarter, last-12-months, last-24-months, last-year, all, or 2025-01..2025-06."
)


def packet(
    to: Annotated[Path, typer.Option("--to", help="Folder for the files.")],
    program: Annotated[
        list[str] | None, typer.Option(help="Id of the program; can be given several times.")
    ] = None,
    period: Annotated[str, typer.Option(help=PERIOD_HELP)] = "last-12-months",
    view: Annotated[View, typer.Option(help="Who will read it.")] = View.PROGRAM,
    questions: Annotated[
        str,
        typer.Option(help="Pages to answer, with commas: calls_diverted,injuries. Default: five."),
    ] = "",
    compare: Annotated[str, typer.Option(help="year_before or period_before.")] = "year_before",
    paper: Annotated[str | None, typer.Option(help="letter or a4")] = None,
    title: Annotated[str | None, typer.Option(help="Title over the first page.")] = None,
    agency_name: Annotated[str | None, typer.Option(help="Who hands it out.")] = None,
    logo: Annotated[Path | None, typer.Option(help="PNG or SVG.")] = None,
    color: Annotated[str | None, typer.Option(help="Color of rules, as #1B4F8F.")] = None,
    brief: Annotated[
        bool,
        typer.Option("--brief", help="The reporter's brief on the nation, which needs no log."),
    ] = False,
    nation: Annotated[
        bool,
        typer.Option(
            "--nation", help="The packet of the nation by the registry, which needs no log."
        ),
    ] = False,
    store: StoreOption = None,
    agencies: AgenciesOption = None,
) -> None:
    """Write a council packet: PDF, slides and workbook of one selection, all three or none.

    Example: python -m outcomes packet --program lane-county-mcs --period last-quarter --to packets
    """
    from outcomes.packet.files import write_packet
    from outcomes.packet.letterhead import letterhead_of

    settings = settings_of(agencies, store)
    letterhead = letterhead_of(settings, title, agency_name, logo, color, paper)
    if brief:
        for place in _brief(letterhead, to, settings.public_address):
            typer.echo(place)
        return
    names = tuple(word.strip() for word in questions.split(",") if word.strip())
    if nation:
        for place in _nation(letterhead, to, settings.public_address, names):
            typer.echo(place)
        return
    from outcomes.answers.choice import named_months
    from outcomes.cli.answer import comparison_of
    from outcomes.packet.asked import ask
    from outcomes.packet.contents import packet_of
    from outcomes.selection import Selection
    from outcomes.store.snapshot import live_snapshot

    if not program:
        raise SelectionError(
            "Expected the id of a program, found [nothing]; add --program, see history."
        )
    snapshot = live_snapshot(settings.store)
    known = [one.program_id for one in snapshot.programs]
    for one in program:
        if one not in known:
            raise SelectionError(
                f"Expected a program that has been loaded, found [{one}]; choose from {', '.join(known)}."
            )
    first, last = named_months(period, ",".join(program), snapshot.programs, snapshot.coverage)
    selection = Selection(program_ids=tuple(program), first_month=first, last_month=last, view=view)
    asked = ask(
        selection,
        snapshot,
        settings.rule,
        comparison_of(compare),
        lambda name: _link(settings.public_address, name, selection),
    )
    for place in write_packet(packet_of(asked, letterhead, names), to):
        typer.echo(place)


def _link(address: str, name: str, selection: "Selection") -> str:
    """Address of a page with the selection; empty where the settings name no address of the pages."""
    if not address:
        return ""
    query = {"program": ",".join(selection.program_ids)}
    if selection.first_month and selection.last_month:
        query |= {
            "from": f"{selection.first_month:%Y-%m}",
            "to": f"{selection.last_month:%Y-%m}",
        }
    else:
        query["period"] = "all"
    if selection.view is View.PUBLIC:
        query["view"] = View.PUBLIC.value
    return f"{address.rstrip('/')}/{name}?{urlencode(query, safe=',')}"


def _brief(letterhead: "Letterhead", to: Path, address: str) -> list[Path]:
    from outcomes.packet.brief import write_brief
    from outcomes.registry.database import live_registry

    link = f"{address.rstrip('/')}/claims_checked" if address else ""
    return write_brief(live_registry(), letterhead, to, link)


def _nation(
    letterhead: "Letterhead", to: Path, address: str, questions: tuple[str, ...]
) -> list[Path]:
    from outcomes.packet.files import write_packet
    from outcomes.packet.nation import nation_packet
    from outcomes.registry.database import live_registry

    def link_of(name: str) -> str:
        return f"{address.rstrip('/')}/{name}" if address else ""

    return write_packet(nation_packet(live_registry(), letterhead, None, link_of, questions), to)
