"""`python -m vinhloc` is the command line."""

from vinhloc.cli import main

if __name__ == "__main__":
    main()
