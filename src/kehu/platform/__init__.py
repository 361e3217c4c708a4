"""What everything stands on: database, jobs, ids, time, errors. Knows no business word."""
