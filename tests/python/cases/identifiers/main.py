"""Chance is seeded: uuid4, random, secrets and hashes repeat, and differ from script to script."""
import hashlib
import random
import secrets
import tempfile
import uuid

print(uuid.uuid4(), uuid.uuid5(uuid.NAMESPACE_DNS, "example.com"))
print(random.random(), random.randint(1, 6), random.sample(range(100), 5))
print(secrets.token_hex(8), hash("text"))
print({"b", "a", "c"}, hashlib.sha256(b"x").hexdigest()[:8])
with tempfile.NamedTemporaryFile("w+") as file:
    print(file.name)
