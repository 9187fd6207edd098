"""Any agency's export to contract tables."""
