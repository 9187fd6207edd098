"""How an answer is said, tabulated, cited, exported and drawn."""
