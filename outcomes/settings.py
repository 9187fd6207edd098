"""Settings: where agencies and store are, from the command line, the environment or the defaults."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from outcomes.disclosure.rule import DisclosureRule
from outcomes.store.page_tables import AS_USUAL, Publishing

PROJECT = Path(__file__).resolve().parents[1]
DEFAULT_AGENCIES = PROJECT / "data" / "agencies"


class Settings(BaseSettings):
    """Where things are and what the public may see; each can be set as OUTCOMES_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="OUTCOMES_", extra="ignore", frozen=True)

    # folder with one folder per agency: profile.toml and call_types.csv
    agencies: Path = DEFAULT_AGENCIES
    # folder of the warehouse and its snapshots
    store: Path = PROJECT / "data" / "store"
    # folder that the demonstration's made-up exports are written to
    demo: Path = PROJECT / "data" / "demo"
    # address at which readers find the pages, for links in quotes; empty: the one that the reader is at
    public_address: str = Field(default="", pattern=r"^(https?://[^\s/?#]+(/[^\s?#]*)?)?$")
    # smallest count of people that the public view shows
    smallest_public_count: int = Field(default=11, ge=1)
    # whether the public view shows safety events of a whole program, by quarter or longer
    safety_events_reportable: bool = True
    # waits between rare events, from each start, that the limits of their control chart are set over
    baseline_points: int = Field(default=24, ge=8)

    # megabytes that page tables are counted within when a log is published, beside what the program itself takes
    publish_memory_mb: int = Field(default=AS_USUAL.memory_mb, ge=100)
    # snapshots that a store keeps, the live one among them; one before it is what pages show where that is damaged
    kept_snapshots: int = Field(default=AS_USUAL.kept_snapshots, ge=2)

    # whether this server has the public view alone, whatever an address says
    public_only: bool = False
    # addresses of sites that may show the pages in a frame, with spaces between; empty: none may
    frame_ancestors: str = Field(
        default="", pattern=r"^(https?://[\w.:*-]+( https?://[\w.:*-]+)*)?$"
    )

    # whether readers can cite a figure, which keeps it in the store
    citing: bool = True
    # figures of each view that the store keeps at most; those that are kept stay
    most_figures: int = Field(default=10_000, ge=1)

    # what stands on packets: a title and the agency's name, its logo (PNG or SVG), a color as #rrggbb, letter or a4
    packet_title: str = ""
    packet_agency_name: str = ""
    packet_logo: Path | None = None
    packet_color: str = ""
    packet_paper: str = "letter"

    # whether a log can be brought in on a page; not said: where the server listens on this machine alone, for whoever
    # reaches it could. Never where it has the public view alone
    load_page: bool | None = None
    # folder whose files can be chosen on that page, for logs that are too large to upload
    inbox: Path | None = None
    # rows that a log brought in on the page may have
    most_uploaded_rows: int = Field(default=5_000_000, ge=1)
    # seconds and megabytes that one step on the page may take: to look at a file, and to read all of it
    look_seconds: int = Field(default=120, ge=1)
    load_seconds: int = Field(default=3_600, ge=1)
    step_memory_mb: int = Field(default=3_000, ge=500)

    @property
    def publishing(self) -> Publishing:
        """What these settings let a publication take."""
        return Publishing(self.publish_memory_mb, self.kept_snapshots)

    @property
    def rule(self) -> DisclosureRule:
        """The disclosure rule that these settings give."""
        return DisclosureRule(self.smallest_public_count, self.safety_events_reportable)
