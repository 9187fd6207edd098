"""Officer hours freed, as a range."""
