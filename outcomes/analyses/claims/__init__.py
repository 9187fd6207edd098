"""Claims about the field and studies of it, checked."""
