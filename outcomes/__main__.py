"""python -m outcomes: the command line."""

from outcomes.cli.app import main

if __name__ == "__main__":
    main()
