"""Reaching people: channels, who must not be reached, what was opened and followed, the demo mailbox."""
