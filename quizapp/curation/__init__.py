"""What a person decides about items: texts of their own, and the file that carries decisions. Pure, no database."""
