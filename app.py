"""The router: page settings, navigation, run."""

from pages.shell.navigation import open_page

open_page()
