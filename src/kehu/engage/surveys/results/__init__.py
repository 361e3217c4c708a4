"""What the answers say together: figures with their intervals."""
