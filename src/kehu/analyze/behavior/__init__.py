"""What customers do one after another: funnels of events, and who comes back."""
