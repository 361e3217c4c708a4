"""People-to-people work: interactions, tasks, opportunities, cases. Calls no channel itself."""
