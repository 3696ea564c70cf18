"""`python -m assistant`: see assistant/cli.py."""

from assistant.cli import app, run

if __name__ == "__main__":
    run(app)
