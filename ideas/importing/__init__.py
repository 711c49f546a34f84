"""Ideas from a file: its lines, and what each of them says. Writing them is a service."""
