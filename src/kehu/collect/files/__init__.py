"""Reading files as they arrive: what a file is, its rows one by one, and the file of rows that were refused."""
