"""The command line: its commands in the order of its help, and the one place that ends the process."""

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from outcomes.cli.answer import answer, quality
from outcomes.cli.figures import figures_app
from outcomes.cli.load import demo, load
from outcomes.cli.options import MEMORY_NAME, limit_command
from outcomes.cli.packet import packet
from outcomes.cli.profile import profile_app
from outcomes.cli.registry import registry_app
from outcomes.cli.store import store_app
from outcomes.vocabulary.problem import Problem


class Commands(TyperGroup):
    """The commands; one that meets an expected fault ends with its one sentence and a failure."""

    def invoke(self, ctx: Any) -> Any:
        """What the command returns."""
        try:
            return super().invoke(ctx)
        except Problem as problem:
            typer.echo(f"Error: {problem}", err=True)
            raise typer.Exit(1) from None


app = typer.Typer(
    cls=Commands,
    name="outcomes",
    help="Response logs of community responder programs in, checkable numbers out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (load, answer, quality, packet, demo):
    app.command()(command)
app.add_typer(profile_app, name="profile")
app.add_typer(registry_app, name="registry")
app.add_typer(figures_app, name="figures")
app.add_typer(store_app)


def main() -> None:
    """Run the command line; the only place that ends the process."""
    if hasattr(sys.stdout, "reconfigure"):
        # A Windows console may not know every character of a sentence; it then shows a mark instead.
        sys.stdout.reconfigure(errors="replace")
    limit_command()
    try:
        app()
    except MemoryError:
        typer.echo(
            "Error: Expected a log that fits in the memory that this step may take, found [a larger one]; "
            f"nothing was changed: bring it in parts, or give the command more by {MEMORY_NAME}.",
            err=True,
        )
        sys.exit(1)
