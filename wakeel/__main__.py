"""The `wakeel` command."""

from __future__ import annotations

from wakeel._path import use_app_root


def main() -> None:
    """Run the command line."""
    use_app_root()
    from wakeel.cli import main as run

    run()


if __name__ == "__main__":
    main()
