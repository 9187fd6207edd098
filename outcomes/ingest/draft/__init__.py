"""A first profile, drafted from an export."""
