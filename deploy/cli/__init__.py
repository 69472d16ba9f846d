"""The `alongside` command: everything a person types. One file per thing it can do; `app.py` puts them together."""


def main() -> None:
    """The console script. What it needs is only read when it is used, so that `alongside --help` is quick."""
    from deploy.cli.app import app

    app()
