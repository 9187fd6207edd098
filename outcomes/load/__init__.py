"""From any agency's export to the contract tables: profile, read, stage, check."""
