"""What is sent and asked, and what follows from it."""
