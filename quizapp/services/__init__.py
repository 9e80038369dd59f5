"""What a person does, one function each; a service owns its transaction and knows no page and no command."""
