"""The only place that knows SQL: engine, tables, and one file of queries for each subject."""
