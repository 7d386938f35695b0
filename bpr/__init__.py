"""bpr: what a town hall's work consists of, and which of it to rebuild, automate or hand over."""
