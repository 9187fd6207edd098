"""What may identify a person never reaches the warehouse."""
