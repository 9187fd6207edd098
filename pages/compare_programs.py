"""Which programs differ by more than chance, on the same definition and the same mix of calls? For directors, council and reporters."""

from pages.panels import program_comparison
from pages.shell.frame import begin_page, end_page

page = begin_page("compare_programs")

# 1. Every measure beside the other programs: higher, lower, not told apart, or not comparable.
program_comparison.show_scorecard(page)

# 2. One figure of all the programs: as it is, at an equal mix of calls, what the next program may expect; or the clause
# that forbids it.
comparison = program_comparison.show_one_measure(page)

program_comparison.show_what_to_know(page, comparison)
program_comparison.offer_comparison(page, comparison)
end_page(page)
