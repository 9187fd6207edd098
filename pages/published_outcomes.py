"""What have programs reported, by which definition? For advocates, reporters and council."""

from pages.panels import published
from pages.shell.registry_frame import begin_registry_page, end_registry_page, offer_tables

page = begin_registry_page("published_outcomes")

# 1. The answer: how much was published, and which rates programs' own counts give.
published.show_published(page)
published.show_rates(page)

# 2. Where do sources contradict each other?
page.header("Where do sources contradict each other?")
published.show_conflicts(page)

# 3. What can be added up?
page.header("What can be added up?")
published.show_totals(page)

# 4. How many police hours per call do programs say they saved?
page.header("How many police hours per call do programs say they saved?")
published.show_hours(page)

# 5. Every figure, with its source.
page.header("Every figure, with its source")
published.show_extent(page)
published.show_all_figures(page)

offer_tables(page)
end_registry_page(page)
