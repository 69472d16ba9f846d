"""The command as a whole: which words it knows."""

import typer

from deploy.cli.costs import cost
from deploy.cli.ending import EXIT_CODES
from deploy.cli.importing import import_file
from deploy.cli.lists import lists
from deploy.cli.matching import match
from deploy.cli.parked import parked
from deploy.cli.preview import preview
from deploy.cli.publishing import publish_plan
from deploy.cli.reconciled import reconciled
from deploy.cli.sampling import sample
from deploy.cli.topics import topics
from deploy.cli.up import up

app = typer.Typer(
    name="alongside",
    no_args_is_help=True,
    rich_markup_mode="rich",
    add_completion=False,
    pretty_exceptions_show_locals=False,  # what people typed stays out of error reports
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Match people who draw on care and support with personal assistants, and tell each in their own form.",
    epilog=EXIT_CODES,
)
app.command(rich_help_panel="Run")(up)
app.command(rich_help_panel="Run")(sample)
app.command("import", rich_help_panel="Put in")(import_file)
app.command("publish-plan", rich_help_panel="Put in")(publish_plan)
app.command(rich_help_panel="Look")(match)
app.command(rich_help_panel="Look")(cost)
app.command(rich_help_panel="Look")(preview)
app.command(rich_help_panel="Keep")(reconciled)
app.add_typer(lists, name="list", rich_help_panel="Look")
app.add_typer(topics, name="topics", rich_help_panel="Keep")
app.add_typer(parked, name="parked", rich_help_panel="Keep")
