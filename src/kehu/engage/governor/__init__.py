"""The governor of all contact: caps, quiet hours, cool-downs, the calendar. Every send of every campaign passes here."""
