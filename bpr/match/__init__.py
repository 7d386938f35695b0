"""Same work under other names: groups across divisions, and what each of them needs for a case."""
