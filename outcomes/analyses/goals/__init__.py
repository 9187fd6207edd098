"""Goals: what a program wants its figures to be, and whether they are."""
