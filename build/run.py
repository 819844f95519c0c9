"""Start Kasauti from a checkout: `python3 build/run.py [VERB ...]`.

The first run makes the checkout's own .venv from the hash-locked list, later runs only compare a
stamp. Standard library only, and everything it has to say goes to standard error, because the
verbs answer in JSON on standard output. This file stays readable to old Pythons, so that they can
say the sentence below.
"""

import sys

OLDEST = (3, 11)
CANNOT_START = 3  # the exit code for "configuration" in commands.md
NO_SYSTEM = "--no-system"  # ours alone: never install system packages


def main(arguments: "list[str]") -> int:
    """Check this machine, make the environment ready and become the program."""
    if sys.version_info < OLDEST:
        wanted, found = ".".join(map(str, OLDEST)), ".".join(map(str, sys.version_info[:3]))
        sys.stderr.write(
            "Kasauti needs Python " + wanted + " or newer; this is Python " + found + ".\n"
        )
        return CANNOT_START
    import environment  # only now: older Pythons cannot read it

    install = NO_SYSTEM not in arguments
    arguments = [argument for argument in arguments if argument != NO_SYSTEM]
    try:
        environment.check_machine()
        environment.check_display(arguments)
        environment.check_libraries(arguments, install=install)
        environment.make_ready("run", install=install)
    except environment.CannotStartError as reason:
        sys.stderr.write(str(reason) + "\n")
        return CANNOT_START
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. The same command goes on from here.\n")
        return 130
    return environment.start(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
