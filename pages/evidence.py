"""What has been studied, with which design, and what do critics say? For advocates, reporters and council."""

from pages.panels.evidence import show_extent, show_studies, show_surveys, show_what_is_not_shown
from pages.shell.registry_frame import begin_registry_page, end_registry_page, offer_tables

page = begin_registry_page("evidence")

# 1. How much is there? One line a study: design, direction, size.
show_extent(page)

# 2. Studies, evaluations, audits, and their critics.
page.header("Each study with its critics")
show_studies(page)

# 3. What do police leaders think?
page.header("What do chiefs and sheriffs think?")
show_surveys(page)

# 4. What nobody has shown yet.
page.header("What no study has shown yet")
show_what_is_not_shown()

offer_tables(page)
end_registry_page(page)
