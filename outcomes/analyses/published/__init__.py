"""What programs have published, checked."""
