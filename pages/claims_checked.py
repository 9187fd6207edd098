"""What stands behind the numbers that are quoted, and what does not? For advocates, reporters and council."""

from pages.panels.claims import show_counts, show_seed_claims
from pages.shell.packet import offer_brief
from pages.shell.registry_frame import begin_registry_page, end_registry_page, offer_tables

page = begin_registry_page("claims_checked")

# 1. The sentences that are checked, with our word on each, and what stands behind them to open.
show_seed_claims(page)

offer_brief(page, page.registry)

# 2. Every published count beside the registry's own.
page.header("Published counts beside the registry's own")
show_counts(page)

offer_tables(page)
end_registry_page(page)
