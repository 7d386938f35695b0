"""What holds for every test: Hypothesis always tries the same examples and writes nothing."""

from hypothesis import settings

settings.register_profile("bpr", derandomize=True, database=None, deadline=None, max_examples=50)
settings.load_profile("bpr")
