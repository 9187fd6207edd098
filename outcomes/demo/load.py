"""The demonstration store: made-up exports written, then loaded as any real log is."""

from outcomes.demo.exports import write_demo_exports
from outcomes.ingest.run import load_log
from outcomes.ingest.transform.batch import Progress
from outcomes.settings import DEFAULT_AGENCIES, Settings

# What the tokens of made-up persons are made with. It stands here for everyone to read, and that is right for ids
# that were drawn by chance; it is used for the exports that are written below, and never for a log that is loaded.
MADE_UP_SECRET = b"published: for made-up persons only"


def load_demonstration(settings: Settings, seed: int, progress: Progress | None = None) -> int:
    """Number of rows read from the made-up exports, after loading them through the real path.

    Raises LoadProblem or StoreProblem as a load does.
    """
    tell = progress or (lambda step, share: None)
    tell("Writing made-up logs of made-up cities", 0.0)
    own = settings.agencies
    exports = write_demo_exports(settings.demo, seed)
    rows = 0
    for place, (agency_id, path) in enumerate(exports.items(), start=1):
        tell(f"Loading made-up demonstration data: {path.name}", place / (len(exports) + 1))
        report = load_log(
            [path],
            agency_id,
            # An agencies' folder of one's own need not have the made-up ones.
            own if (own / agency_id).is_dir() else DEFAULT_AGENCIES,
            settings.store,
            publishes=place == len(exports),
            secret=MADE_UP_SECRET,
            publishing=settings.publishing,
        )
        rows += report.rows_read
    tell("Done", 1.0)
    return rows
