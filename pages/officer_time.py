"""How many officer hours were freed, as a range, with every assumption on the page? For council and directors."""

from pages.panels.officer_time import (
    begin_officer_time,
    offer_officer_file,
    show_assumed,
    show_benchmark,
    show_by_type,
    show_hours,
    show_notes,
    show_posts,
    show_sensitivity,
)
from pages.shell.frame import begin_page, end_page

page = begin_page("officer_time")

# 1. The answer, as a range, with what was taken off.
time = begin_officer_time(page)
show_hours(page, time)

# 2. Every assumption, to be changed in place.
page.header("What is assumed?")
show_assumed(page, time)

# 3. Beside vacant posts.
page.header("How many posts is that?")
show_posts(page, time)

# 4. Which calls, which assumption, and beside what others published.
page.header("Which calls?")
show_by_type(page, time)
page.header("Which assumption matters most?")
show_sensitivity(page, time)
page.header("Where does this one lie?")
show_benchmark(page, time)

show_notes(page, time)
offer_officer_file(page, time)
end_page(page)
