"""What the page that loads a log runs."""
