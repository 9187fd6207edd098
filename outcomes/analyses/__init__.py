"""One folder a subject: analysis, text, tables, figure."""
