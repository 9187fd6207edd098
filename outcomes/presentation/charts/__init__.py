"""What several charts share: theme, trends and rows."""
