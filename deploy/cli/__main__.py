"""`python -m deploy.cli` is `alongside`."""

from deploy.cli import main

main()
