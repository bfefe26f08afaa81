"""`onrecord eval`: whether it is right, whether anyone can check that, whether a change helped."""

import typer

from api.commands.evaluate import attribution, reading, run, sets
from api.commands.evaluate import results as judge

app = typer.Typer(no_args_is_help=True)
app.command("run")(run.run)
app.command("score")(run.score)
app.command("compare")(judge.compare)
app.command("gate")(judge.gate)
app.command("report")(judge.report)
app.command("selftest")(judge.selftest)
app.command("validate")(sets.validate)
app.command("from-archive")(sets.from_archive)
app.command("ingestion")(sets.ingestion)
app.command("attribution")(attribution.attribution)
app.command("reading")(reading.reading)
