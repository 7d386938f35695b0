"""`python -m bpr`: the command line."""

from bpr.cli.main import main

main()
