"""What is new in a mail, and what is only repeated in it."""
