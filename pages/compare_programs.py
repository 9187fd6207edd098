"""Which programs differ by more than chance, on the same definition and the same mix of calls? For directors, council and reporters."""

from pages.panels import program_comparison
from pages.shell.frame import begin_page, end_page

page = begin_page("compare_programs")

# 1. The figure, and the answer to it, or the clause that forbids one.
comparison = program_comparison.begin_comparison(page)
program_comparison.show_comparison(page, comparison)

# 2. Against all of them together: as it is, then at an equal mix of calls, and what the next program may expect.
program_comparison.show_against_all(page, comparison)

program_comparison.show_what_to_know(page, comparison)
program_comparison.offer_comparison(page, comparison)
end_page(page)
