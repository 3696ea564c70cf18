"""Publish the guides: `python ingest.py`. Options are in assistant/cli.py, the guides in corpus/README.md."""

from assistant.cli import ingest_app, run

if __name__ == "__main__":
    run(ingest_app)
