"""The steps of the page that loads a log."""
