"""Excel workbooks (.xlsx): whether the package is safe, what its first sheet looks like, and its rows."""
