"""What does each number mean, and how is it made? For everyone who has to defend a number."""

from pages.panels.methods import show_definitions, show_methods
from pages.shell.frame import begin_page, end_page

page = begin_page("methods", has_selection=False)

# 1. Every metric's definition, printed from the registry.
show_definitions()

# 2. How intervals and comparisons, officer hours, counts of programs and published figures are made.
show_methods()

end_page(page)
