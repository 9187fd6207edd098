"""What does this export hold, and what will be counted from it? For directors and whoever prepares the log."""

from pages.panels.upload import mapping
from pages.panels.upload.source import choose_files_step
from pages.panels.upload.trial import load_step, save_profile_step, try_all_rows, try_the_first_rows
from pages.shell.frame import begin_page, end_page

page = begin_page("load_a_log", has_selection=False)

# 1. The export, and a profile for it: a known one, or a draft.
work = choose_files_step(page)

# 2. The mapping, in place.
mapping.map_the_program(work)
mapping.map_the_columns(work)
mapping.map_the_words(work)
mapping.map_the_call_types(work)
mapping.map_in_the_text(work)

# 3. What was understood and what was not; nothing is stored yet.
try_the_first_rows(work)
try_all_rows(work)

# 4. The load, and the profile for the next export.
load_step(work)
save_profile_step(work)

end_page(page)
