"""Growth across states, from the registry."""
