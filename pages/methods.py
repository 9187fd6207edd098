"""What does each number mean, and how is it made? For everyone who has to defend a number."""

from pages.panels.methods import asked_metric, show_methods
from pages.shell.frame import begin_page, end_page

# Read first: the bar keeps in the address what it knows alone.
asked = asked_metric()
page = begin_page("methods", has_selection=False)

# Every metric's definition, printed from the registry; how intervals, officer hours and counts of programs are made.
show_methods(asked)

end_page(page)
