"""The pages: one file each in pages/, their markup in templates/. Knows services, never a table or a cluster."""
