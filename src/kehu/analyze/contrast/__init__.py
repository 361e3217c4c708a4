"""What sets a segment apart: its customers against the rest of those whom its purpose may take."""
