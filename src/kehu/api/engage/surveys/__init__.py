"""The routes of surveys: staff write, invite and read; the page of a link answers."""
