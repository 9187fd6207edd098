"""Programs compared where they are alike."""
