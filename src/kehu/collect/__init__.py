"""Sources, inbox, imports, tracking, raw records and events. Never decides who a record belongs to."""
