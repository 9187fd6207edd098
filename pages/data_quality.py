"""What did the log lack, and what does that do to the numbers? For directors and whoever prepares the log."""

from pages.panels import data_quality
from pages.shell.frame import begin_page, end_page

page = begin_page("data_quality")

# 1. The answer, and what became of every row.
data_quality.show_rows_read(page)

# 2. Which fields are filled, and when?
page.header("How complete is each field?")
data_quality.show_completeness(page)

# 3. What was written and could not be used?
page.header("What was not understood?")
data_quality.show_not_understood(page)

# 4. What is not there at all?
page.header("What is missing?")
data_quality.show_missing(page)

# 5. Is the log still the one that the profile was written for?
page.header("What changed since the load before?")
data_quality.show_changes(page)

data_quality.offer_quality_download(page)
end_page(page)
