"""What is counted, over what: one record per metric, one module per subject, one registry."""
