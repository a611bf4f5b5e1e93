"""What lies between a script's Python and the page: virtual time, threads, the way to SQS, and the limits.

Everything that can block is built on one thing, `stacks.wait`. Nothing here knows SQS, and nothing of boto3 is changed
but the one function that would open a connection.

The order of the imports matters: what keeps a function as a default argument or by its name has to find ours.
"""
