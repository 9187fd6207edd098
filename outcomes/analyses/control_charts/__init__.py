"""Control charts: ordinary months, unusual ones, and changes."""
