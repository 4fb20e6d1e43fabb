"""One worker container: serves runs, starts them, reads event sources. Scale by adding more."""

from __future__ import annotations

from wakeel._path import use_app_root


def main() -> None:
    """Run a worker until SIGTERM or Ctrl-C."""
    use_app_root()
    from wakeel.cli.worker import serve
    from wakeel.settings import settings

    serve(settings())


if __name__ == "__main__":
    main()
