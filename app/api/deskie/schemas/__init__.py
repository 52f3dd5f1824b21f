"""What is said to Deskie's dialect."""
