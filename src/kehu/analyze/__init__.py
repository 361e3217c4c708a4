"""What the company learns of its customers: segments, traits, lifecycle, satisfaction, quality. Writes to nobody but through traits."""
