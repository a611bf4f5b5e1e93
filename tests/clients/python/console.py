"""What the real AWS CLI says to the commands of `tests/clients/console.txt`, compared with `tests/golden/console.txt`.

The page's console is compared with the same file by `tests/console.rs`, so that it says what the CLI says. With
`CONSOLE_BLESS=1` the file is written. The CLI runs in this process, a command costs a tenth of what it does in its own.

A command file is a shell script of few words: `aws ...`, `NAME=$(aws ...)`, `$NAME`, `cat > FILE <<'EOF'`, `sleep N`.
"""

import contextlib
import io
import json
import os
import re
import shlex
import sys
import tempfile
import urllib.request

ENDPOINT = os.environ["SQS_ENDPOINT"]
HERE = os.path.dirname(os.path.abspath(__file__))
COMMANDS = os.path.join(HERE, "..", "console.txt")
GOLDEN = os.path.join(HERE, "..", "..", "golden", "console.txt")

os.environ |= {
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_MAX_ATTEMPTS": "1",
    "AWS_PAGER": "",
    "AWS_EC2_METADATA_DISABLED": "true",
}

import awscli.clidriver  # noqa: E402  It reads the environment.
from awscli.argparser import AWS_CLI_V2_MESSAGE  # noqa: E402

# What argparse is told the program's name is.
sys.argv[0] = "aws"


def normalised(text):
    """The text without what cannot be the same: the port, and version 1's note that there is a version 2."""
    text = text.replace(ENDPOINT, re.sub(r"\d+$", "00000", ENDPOINT))
    return text.replace(f"usage: \r{AWS_CLI_V2_MESSAGE}\n\n", "\n")


def run(arguments):
    output, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(error):
        try:
            status = awscli.clidriver.create_clidriver().main(["--endpoint-url", ENDPOINT, *arguments])
        except SystemExit as end:
            status = end.code
    return status or 0, output.getvalue(), error.getvalue()


def advance(seconds):
    body = json.dumps({"seconds": seconds}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{ENDPOINT}/_clock/advance", body, method="POST")).read()


def put_in(text, variables):
    return re.sub(r"\$([A-Z]+)", lambda match: variables[match[1]], text)


def shown(mark, text):
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    else:
        lines[-1] += "\\"
    return "".join(f"{mark}{line}\n" for line in lines) if text else ""


def transcript():
    variables, blocks = {}, []
    with open(COMMANDS, encoding="utf-8") as file:
        lines = iter(file.read().splitlines())
    for line in lines:
        if not line or line.startswith("#"):
            continue
        if file := re.fullmatch(r"cat > (\S+) <<'EOF'", line):
            with open(file[1], "w", encoding="utf-8") as written:
                for line in iter(lambda: next(lines), "EOF"):
                    written.write(line + "\n")
            continue
        if line.startswith("sleep "):
            advance(int(line.removeprefix("sleep ")))
            continue
        assignment = re.fullmatch(r"([A-Z]+)=\$\((aws .*)\)", line)
        command = assignment[2] if assignment else line
        words = [put_in(word, variables) for word in shlex.split(command)]
        assert words[0] == "aws", line
        status, output, error = run(words[1:])
        if assignment:
            variables[assignment[1]] = output.rstrip("\n")
            output = ""
        blocks.append(f"$ {line}\n" + shown("1>", normalised(output)) + shown("2>", normalised(error)) + f"= {status}\n")
    return "\n".join(blocks)


def main():
    golden = os.path.abspath(GOLDEN)
    commands = os.path.abspath(COMMANDS)
    globals().update(COMMANDS=commands)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        said = transcript()
        os.chdir(HERE)
    if os.environ.get("CONSOLE_BLESS"):
        with open(golden, "w", encoding="utf-8") as file:
            file.write(said)
        return 0
    with open(golden, encoding="utf-8") as file:
        expected = file.read()
    if said == expected:
        print(f"console: {said.count(chr(10) + '$ ') + 1} commands are answered as written")
        return 0
    import difflib

    difference = difflib.unified_diff(expected.splitlines(), said.splitlines(), "golden/console.txt", "the CLI", "", "")
    print("\n".join(list(difference)[:100]))
    return 1


if __name__ == "__main__":
    sys.exit(main())
