"""The ways to reach people: one contract, a folder for each kind of channel, and what all of them share."""
