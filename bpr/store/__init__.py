"""The store: what cannot be recomputed - uploaded bytes and what people decided."""

from bpr.store.store import Store, open_store

__all__ = ["Store", "open_store"]
