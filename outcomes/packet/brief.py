"""The reporter's brief: national growth and safety on one page, each claim with our word on it and its source."""

from pathlib import Path

import pandas

from outcomes.analyses.claims.exhibits import seed_claims_exhibit
from outcomes.analyses.claims.seed_claims import SeedClaim, seed_claims
from outcomes.analyses.claims.text import IN_SHORT, claim_words
from outcomes.analyses.growth.analysis import growth
from outcomes.analyses.growth.choice import DEFAULTS, GrowthChoice
from outcomes.analyses.growth.exhibits import growth_exhibit, months_exhibit
from outcomes.packet.files import write_files
from outcomes.packet.letterhead import Letterhead
from outcomes.packet.nation import about_registry
from outcomes.packet.pdf import Document, pdf_of
from outcomes.packet.printed import Block, charts_of, heading, said, text
from outcomes.registry.database import Registry

TITLE = "Community responders in the nation: what can be said, and how surely"
CHART_HEIGHT = 120.0


def brief_pdf(registry: Registry, letterhead: Letterhead, link: str = "") -> bytes:
    """The brief on one page: growth, then claim by claim our word, our number, theirs and why; sources as footnotes."""
    choice = GrowthChoice(DEFAULTS, registry.as_of)
    found = growth(choice.rule, choice.month, choice.base_year, registry)
    answer = growth_exhibit(found, registry, link)
    lines = months_exhibit(found, registry)
    claims = seed_claims(registry)
    checked = seed_claims_exhibit(claims)
    about = about_registry(registry)
    drawn = [block for block in charts_of(lines, CHART_HEIGHT) if block.kind == "chart"]
    blocks = (
        heading(letterhead.title or TITLE),
        text(f"Registry of {registry.as_of:%B %Y}; no logs of programs.", "quiet"),
        text(answer.headline, "lead"),
        text(answer.answer),
        *drawn[:1],
        text(checked.headline),
        _claims_table(claims, checked.tables[0].rows),
        text(f"{IN_SHORT} {about.source} {link}".strip(), "quiet"),
    )
    return pdf_of(
        Document(
            letterhead.title or TITLE,
            f"Reporter's brief, registry of {registry.as_of:%B %Y}",
            about,
            letterhead,
            blocks,
            None,
            is_dense=True,
        )
    )


def _claims_table(claims: list[SeedClaim], rows: pandas.DataFrame) -> Block:
    """Claims as rows, each as it is quoted; its source is a footnote with the address, told once."""
    columns = ["Our word on it", "Nearest in our registry", "Theirs", "Why"]
    cells = rows.to_dict("records")
    return Block(
        "table",
        title="The claims of one article, sentence by sentence",
        header=("Claim", *columns),
        rows=tuple(
            (
                ((False, claim_words(claim.row), ""),),
                ((True, str(row["Our word on it"]), ""),),
                *(said(str(row[name])) for name in columns[1:]),
            )
            for claim, row in zip(claims, cells, strict=True)
        ),
        widths=(0.31, 0.12, 0.17, 0.12, 0.28),
        footnotes=tuple((str(row["Source"]), str(row["Address"])) for row in cells),
    )


def write_brief(registry: Registry, letterhead: Letterhead, folder: Path, link: str) -> list[Path]:
    """The brief in a folder; raises PacketProblem where it cannot be written."""
    name = about_registry(registry).file_name("brief", "pdf")
    return write_files({name: brief_pdf(registry, letterhead, link)}, folder)
