"""How many officer hours were freed, as a range, with every assumption on the page? For council and directors."""

from pages.panels import officer_time
from pages.shell.frame import begin_page, end_page

page = begin_page("officer_time")

# 1. The answer, as a range, with what was taken off.
time = officer_time.begin_officer_time(page)
officer_time.show_hours(page, time)

# 2. Every assumption, to be changed in place, and the hours beside vacant posts; where no hours can be worked out, nothing.
if time.hours is not None:
    page.header("What is assumed?")
    officer_time.show_assumed(page, time)
    page.header("How many posts is that?")
    officer_time.show_posts(page, time)

    # 3. Which calls, which assumption.
    page.header("Which calls?")
    officer_time.show_by_type(page, time)
    page.header("Which assumption matters most?")
    officer_time.show_sensitivity(page, time)

# 4. Beside what others published.
page.header("Beside what others published")
officer_time.show_benchmark(page, time)

officer_time.show_notes(page, time)
officer_time.offer_officer_file(page, time)
end_page(page)
