"""Lists and search of customers: tokens, cursors, pages and saved views."""
