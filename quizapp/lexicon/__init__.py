"""What the app knows of the field: typed terms with aliases, relations and claims, and a word list. Data with
a loader."""
