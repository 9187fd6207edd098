"""What a log lacked, and what that does to the numbers: report, words, and what the public may see."""
