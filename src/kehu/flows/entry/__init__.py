"""What people enter by hand, and the question before it: who is this already."""
