"""How many programs in how many states, since when, by which count? For advocates, reporters and council."""

import streamlit as st

from pages.panels import growth
from pages.panels.growth_filters import choose_growth
from pages.shell.registry_frame import begin_registry_page, end_registry_page, offer_tables

page = begin_registry_page("growth_across_states")

# 1. The answer, by a counting rule that the reader chooses.
choice = choose_growth(page)
growth.show_growth(page, choice)

# 2. Since when?
page.header("Since when?")
growth.show_lines(page, choice)

# 3. Where?
choice = growth.show_map(page, choice)
choice = growth.show_state_programs(page, choice)

# 4. By which count, of which kind, with which team, and every program with its source: each a tap away.
page.header("What is behind the count?")
by_count, by_kind, every_program = st.tabs(
    ["By which count?", "Of which kind, with which team?", "Every program, with its source"]
)
with by_count:
    growth.show_rule(page, choice)
    growth.show_sensitivity(page, choice)
with by_kind:
    growth.show_kinds(page, choice)
with every_program:
    growth.show_all_programs(page, choice)

offer_tables(page)
end_registry_page(page)
