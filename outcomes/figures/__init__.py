"""Figures that can be cited: records that stay as they were, their files, their page, and what has changed since."""
