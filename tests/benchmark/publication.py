"""Times one publication of a store with every page table counted anew: it publishes a new snapshot.

Run from the project's folder: python -m tests.benchmark.publication STORE
"""

import sys
import time
from pathlib import Path

from outcomes.store.publish import publish
from outcomes.store.warehouse import open_warehouse


def main(store: Path) -> None:
    with open_warehouse(store) as warehouse:
        start = time.perf_counter()
        publish(warehouse, store, is_anew=True)
        print(f"publication: {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
