"""What have programs reported, by which definition? For advocates, reporters and council."""

from pages.panels.published import (
    show_all_figures,
    show_conflicts,
    show_hours,
    show_published,
    show_totals,
)
from pages.shell.registry_frame import begin_registry_page, end_registry_page, offer_tables

page = begin_registry_page("published_outcomes")

# 1. The answer: how much was published, how much of it are bounds, and which rates their own counts do not give.
show_published(page)

# 2. Where do sources contradict each other?
page.header("Where do sources contradict each other?")
show_conflicts(page)

# 3. What can be added up?
page.header("What can be added up?")
show_totals(page)

# 4. How many police hours per call do programs say they saved?
page.header("How many police hours per call do programs say they saved?")
show_hours(page)

# 5. Every figure, with its source.
page.header("Every figure, with its source")
show_all_figures(page)

offer_tables(page)
end_registry_page(page)
