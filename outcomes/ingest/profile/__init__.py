"""The profile of an agency: what it may say, checked."""
