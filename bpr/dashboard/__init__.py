"""The dashboard: thin pages over the workspace; every asset is served from here."""
