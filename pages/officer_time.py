"""How many officer hours were freed, as a range, with every assumption on the page? For council and directors."""

import streamlit as st

from pages.panels import officer_time
from pages.shell.frame import begin_page, end_page

page = begin_page("officer_time")

# 1. The answer, as a range, with what was taken off.
time = officer_time.begin_officer_time(page)
officer_time.show_hours(page, time)

# 2. Which calls; every assumption, to be changed in place, posts, and what matters most. Nothing where no hours can be told.
if time.hours is not None:
    page.header("Which calls?")
    officer_time.show_by_type(page, time)
    assumed, posts, sensitivity = st.tabs(
        ["What is assumed?", "How many posts is that?", "Which assumption matters most?"]
    )
    with assumed:
        officer_time.show_assumed(page, time)
        officer_time.show_ends(page, time)
    with posts:
        officer_time.show_posts(page, time)
    with sensitivity:
        officer_time.show_sensitivity(page, time)

# 3. Beside what others published.
page.header("Beside what others published")
officer_time.show_benchmark(page, time)

officer_time.show_notes(page, time)
officer_time.offer_officer_file(page, time)
end_page(page)
