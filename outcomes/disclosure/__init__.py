"""What the public view hides: the rule, and the one place where counts are hidden."""
