"""Times one publication of a store with every page table counted anew: it publishes a new snapshot.

Run from the project's folder: python -m tests.benchmark.publication STORE
"""

import sys
import time
from pathlib import Path

from outcomes.store.publish import publish
from outcomes.store.warehouse import open_warehouse
from tests.benchmark.memory import most_megabytes


def main(store: Path) -> None:
    with open_warehouse(store) as warehouse:
        start = time.perf_counter()
        publish(warehouse, store, is_anew=True)
        seconds = time.perf_counter() - start
    print(f"publication: {seconds:.1f} s, {most_megabytes():,.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
