"""What Deskie's dialect answers."""
