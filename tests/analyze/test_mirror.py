"""The lake follows the database: what is written comes, what changes is replaced, what is erased goes from every file."""
