"""A password is asked for as any other line: the page cannot hide what is typed."""
import getpass
import sys
from getpass import getpass as ask

secret = getpass.getpass("Secret: ")
print(len(secret), "characters for", getpass.getuser())
print(ask(stream=sys.stderr, echo_char="*") == "two")
ask("more? ")
