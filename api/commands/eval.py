"""`onrecord eval`: whether it is right, whether anyone can check that, whether a change helped."""

import typer

from api.commands.evaluate import attribution, calibrate, judged, readers, reading, run, sets
from api.commands.evaluate import results as judge

app = typer.Typer(no_args_is_help=True)
app.command("run", epilog="Example: onrecord eval run sample --out runs/sample")(run.run)
app.command("score", epilog="Example: onrecord eval score runs/sample")(run.score)
app.command("compare", epilog="Example: onrecord eval compare runs/before runs/after")(
    judge.compare
)
app.command("gate", epilog="Example: onrecord eval gate runs/sample")(judge.gate)
app.command("report", epilog="Example: onrecord eval report runs/sample --out report.html")(
    judge.report
)
app.command("selftest", epilog="Example: onrecord eval selftest")(judge.selftest)
app.command("validate", epilog="Example: onrecord eval validate mine")(sets.validate)
app.command("from-archive", epilog="Example: onrecord eval from-archive --out mine --questions 20")(
    sets.from_archive
)
app.command("calibrate", epilog="Example: onrecord eval calibrate judged.csv --max-wrong 0.1")(
    calibrate.calibrate
)
app.command("ingestion", epilog="Example: onrecord eval ingestion --data DATA")(sets.ingestion)
app.command("attribution", epilog="Example: onrecord eval attribution polnear --data DATA")(
    attribution.attribution
)
app.command("reading", epilog="Example: onrecord eval reading --data DATA")(reading.reading)
app.command("readers", epilog="Example: onrecord eval readers --before ../old --data DATA")(
    readers.readers
)
app.add_typer(
    judged.app, name="judged", help="Everyday questions whose answers two readers have judged."
)
