"""From rows of text to the columns of the contract."""
