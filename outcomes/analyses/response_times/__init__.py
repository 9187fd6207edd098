"""Response times: exclusions and targets."""
