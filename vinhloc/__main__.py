"""`python -m vinhloc` is the command line."""

from vinhloc.commands import main

if __name__ == "__main__":
    main()
