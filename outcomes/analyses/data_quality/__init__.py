"""What a log lacked."""
