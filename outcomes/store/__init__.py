"""Facts are kept in the warehouse, page tables are published from it, queries run on what was published."""
