"""From the body of a call, or a line of a file, to messages whose subject and traits are known."""
