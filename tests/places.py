"""Where the project is, and where the real logs are that some tests need."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
REAL_DATA = PROJECT.parent / "shared" / "realdata"
EXPECTED = PROJECT.parent / "shared" / "reference" / "expected_realdata.json"
REAL_LOGS = {
    "lane-county-mcs": REAL_DATA / "mcslc_lane_county" / "MCSLC.xlsx",
    "eugene-cahoots-log": REAL_DATA / "cahoots_2021_2022" / "call_data21_22.csv.gz",
}
REFERENCE = PROJECT.parent / "shared" / "reference"
