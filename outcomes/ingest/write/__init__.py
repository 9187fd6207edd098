"""From a batch to the warehouse."""
