"""Publish the guides: `python ingest.py`. See assistant/cli.py and docs/staff.md."""

from assistant.cli import ingest_app, run

if __name__ == "__main__":
    run(ingest_app)
