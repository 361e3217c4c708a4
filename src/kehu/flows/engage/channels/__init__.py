"""What joins channels with consent, bounces with sends, and the mailboxes with the clock."""
