"""What is analyzed follows what happens."""
