"""The reader's mapping of columns and words, as a profile."""
