"""What does each number mean, and how is it made? For everyone who has to defend a number."""

from pages.panels.methods import (
    show_definitions,
    show_officer_method,
    show_registry_methods,
    show_statistics,
)
from pages.shell.frame import begin_page, end_page

page = begin_page("methods", has_selection=False)

# 1. Every metric's definition, printed from the registry.
show_definitions()

# 2. How intervals and comparisons are made.
show_statistics()

# 3. How officer hours are made.
show_officer_method()

# 4. How programs are counted, and published figures shown.
show_registry_methods()

end_page(page)
