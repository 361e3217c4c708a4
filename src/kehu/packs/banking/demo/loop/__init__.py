"""What the demo bank has done with its data: groups of customers, a survey, interviews, and a campaign that has ended."""
