"""Commands about figures that were cited: what is kept, its files, and whether it is as it was kept."""

from pathlib import Path
from typing import Annotated

import typer

from outcomes.cli.options import AgenciesOption, StoreOption, settings_of
from outcomes.vocabulary.problem import Problem

figures_app = typer.Typer(help="Figures that were cited: list, export and verify them.")


@figures_app.command("list")
def list_figures(store: StoreOption = None, agencies: AgenciesOption = None) -> None:
    """List every figure that is kept: its address, view, snapshot, program, period and title. Fails where one is damaged."""
    from outcomes.figures.record import read_record
    from outcomes.store.figure_files import kept_figures, read_kept

    problems: list[Problem] = []
    for figure in kept_figures(settings_of(agencies, store).store):
        try:
            content = read_kept(figure)
            if content is None:
                continue
            record = read_record(content)
        except Problem as problem:
            problems.append(problem)
            continue
        cells = (record.who, record.period, f"{'made up: ' if record.mark else ''}{record.title}")
        typer.echo("  ".join((figure.address, f"{record.view:<7}", record.snapshot, *cells)))
    _end(problems)


@figures_app.command()
def export(
    address: Annotated[str, typer.Argument(help="The figure: what follows /figure/.")],
    to: Annotated[Path, typer.Option("--to", help="Folder for its files.")],
    store: StoreOption = None,
    agencies: AgenciesOption = None,
) -> None:
    """Write every file of a figure: PNG, SVG, CSV, JSON, BibTeX and CSL-JSON. Fails where one cannot be written whole.

    Example: python -m outcomes figures export 3f9a1c0b7d2e4f5a6b8c --to figures
    """
    from outcomes.figures.files import write_files
    from outcomes.figures.record import FigureProblem
    from outcomes.store.figure_files import find_figure
    from outcomes.vocabulary.log import View

    settings = settings_of(agencies, store)
    found = find_figure(settings.store, address, tuple(View))
    if found is None:
        raise FigureProblem(
            f"Expected the address of a figure that is kept, found [{address[:60]}]; see: python -m outcomes figures list."
        )
    for path in write_files(found[1], to, settings.public_address):
        typer.echo(path)


@figures_app.command()
def verify(store: StoreOption = None, agencies: AgenciesOption = None) -> None:
    """Read every figure and say whether it is as it was kept; each fault is one sentence with the way back."""
    from outcomes.figures.record import read_record
    from outcomes.store.figure_files import figure_faults, kept_figures, read_kept
    from outcomes.store.problem import DamagedStore, StoreProblem

    folder = settings_of(agencies, store).store
    problems: list[Problem] = [StoreProblem(fault) for fault in figure_faults(folder)]
    whole = 0
    for figure in kept_figures(folder):
        try:
            content = read_kept(figure)
            if content is not None:
                read_record(content)
                whole += 1
        except DamagedStore:
            # Told with the faults.
            continue
        except Problem as problem:
            problems.append(problem)
    _end(problems)
    typer.echo(f"Whole: {whole:,} figures are as they were kept.")


def _end(problems: list[Problem]) -> None:
    """Tell every fault; the last one ends the command."""
    for problem in problems[:-1]:
        typer.echo(f"Error: {problem}", err=True)
    if problems:
        raise problems[-1]
