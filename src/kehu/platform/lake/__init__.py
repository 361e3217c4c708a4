"""The lake: Parquet files for analysis, committed by a manifest in PostgreSQL, read by engines behind one protocol."""
