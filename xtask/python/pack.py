"""Packs what the page's Python imports into archives of compiled modules.

Run by pack.mjs in Pyodide itself: compiled modules fit one version of Python only. `WHAT` says which archive: all
libraries, or the runtime's own modules. /from is the folder of what was downloaded, or of those modules; /to is where
the archive goes.

An archive is a line of JSON, the paths and lengths of its files, then the files one after the other, all of it gzipped:
the page's worker takes it apart in a moment, and one after the other they are smaller than each on its own. The same
input makes the same archive, byte by byte: the folder that the page loads is named by its hash.
"""

import email.parser
import fnmatch
import importlib.util
import gzip
import json
import marshal
import pathlib
import zipfile

FROM, TO = pathlib.Path("/from"), pathlib.Path("/to")
SERVICES = ("sqs", "sts")
STANDARD_LIBRARY = "/lib/python3.14"
SITE_PACKAGES = f"{STANDARD_LIBRARY}/site-packages"

# What no script in the page can use, of the packages: other services, other systems, what needs a network; and a second
# table of time zones, for which static/python/dateutil stands in.
NOT_PACKAGED = [
    "*.dist-info/*",
    "*.js",
    "*/py.typed",
    "boto3/dynamodb/*",
    "boto3/ec2/*",
    "boto3/examples/*",
    "botocore/cacert.pem",
    "colorama/tests/*",
    "dateutil/zoneinfo/*",
    "jmespath-*.data/*",
    "tzdata/zoneinfo/*.tab",
    "tzdata/zoneinfo/leapseconds",
    "tzdata/zoneinfo/tzdata.zi",
    "urllib3/contrib/emscripten/*",
    "urllib3/contrib/pyopenssl.py",
    "urllib3/contrib/socks.py",
]
# And of Python's own library: what could run code of the page (ctypes), other processes, servers, tools for programmers.
NOT_OF_THE_LIBRARY = [
    "__phello__/*",
    "_pyrepl/*",
    "bdb.py",
    "cProfile.py",
    "ctypes/*",
    "doctest.py",
    "ensurepip/*",
    "ftplib.py",
    "idlelib/*",
    "imaplib.py",
    "lib2to3/*",
    "mailbox.py",
    "pdb.py",
    "poplib.py",
    "profile.py",
    "pydoc_data/*",
    "pyodide/_nodesock_transport.py",
    "pyodide/http/*",
    "smtplib.py",
    "sqlite3/*",
    "turtle*",
    "venv/*",
    "wsgiref/*",
    "xmlrpc/*",
]


def excluded(name, patterns):
    return name.endswith("/") or any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def compiled(source, path):
    """What Python would write into a .pyc file that it never compares with its source."""
    # Without docstrings, which are a fifth of it all; but Pyodide copies those of its own.
    optimize = 0 if "/pyodide/" in path or "/_pyodide/" in path else 2
    code = compile(source, path, "exec", dont_inherit=True, optimize=optimize)
    flags_unchecked = 0b01.to_bytes(4, "little")
    header = importlib.util.MAGIC_NUMBER + flags_unchecked + importlib.util.source_hash(source)
    return header + marshal.dumps(code)


def write_archive(name, files):
    """One file after the other, in the order of their paths."""
    paths = sorted(files)
    index = json.dumps([[path, len(files[path])] for path in paths], separators=(",", ":"))
    content = b"".join([index.encode(), b"\n", *(files[path] for path in paths)])
    (TO / name).write_bytes(gzip.compress(content, 9, mtime=0))
    print(f"  {name}: {len(files)} files, {len(content) / 1e6:.1f} MB, {(TO / name).stat().st_size / 1e6:.1f} MB compressed")


def modules(files, root):
    """The files as they lie in `root`, each source compiled."""
    placed = {}
    for name, content in files.items():
        path = f"{root}/{name}"
        if name.endswith(".py"):
            placed[path + "c"] = compiled(content, path)
        else:
            placed[path] = content
    return placed


def files_of(archive, patterns):
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not excluded(name, patterns)}


def of_our_services(files):
    """Without the data of the services that the playground does not have."""
    def is_ours(name):
        parts = name.split("/")
        return parts[1:2] != ["data"] or len(parts) == 3 or parts[2] in SERVICES

    kept = {name: content for name, content in files.items() if is_ours(name)}
    endpoints = json.loads(kept["botocore/data/endpoints.json"])
    for partition in endpoints["partitions"]:
        services = partition["services"]
        partition["services"] = {name: services[name] for name in services if name in SERVICES}
    kept["botocore/data/endpoints.json"] = json.dumps(endpoints, separators=(",", ":")).encode()
    return kept


def packages():
    """The modules of all wheels; their licences go beside the archives."""
    kept, terms = {}, []
    for wheel in sorted(FROM.glob("wheels/*.whl")):
        files = files_of(wheel, [])
        kept |= {name: content for name, content in files.items() if not excluded(name, NOT_PACKAGED)}
        package = wheel.name.split("-")[0]
        write_licence(package, files)
        terms.append(f"{package} {terms_of(files)}\n")
        if wheel.name.startswith("botocore-"):
            # So that a script that asks for another service of AWS hears that it exists, but not here.
            kept["_playground_services.json"] = json.dumps(services_of(files)).encode()
    (TO / "terms.txt").write_text("".join(terms))
    return of_our_services(kept)


def services_of(botocore):
    parts = [name.split("/") for name in botocore if name.startswith("botocore/data/")]
    return sorted({part[2] for part in parts if len(part) > 3})


def terms_of(files):
    """What a package calls its licence: new ones in a field of its own, old ones here or there."""
    metadata = next(files[name].decode() for name in files if name.endswith(".dist-info/METADATA"))
    told = email.parser.HeaderParser().parsestr(metadata)
    named = told["License-Expression"] or told["License"]
    if named and named != "Dual License":
        return named
    classifiers = [line.split(" :: ") for line in told.get_all("Classifier")]
    return " or ".join(parts[-1] for parts in classifiers if parts[0] == "License")


def write_licence(package, files):
    texts = [
        files[name].decode()
        for name in sorted(files)
        if ".dist-info/" in name and name.rsplit("/")[-1].split(".")[0] in ("LICENSE", "LICENSE_APACHE", "NOTICE")
    ]
    assert texts, f"{package} has no licence"
    (TO / "licences").mkdir(exist_ok=True)
    (TO / "licences" / f"{package}.txt").write_text("\n\n".join(texts))


def libraries():
    library = files_of(FROM / "node_modules/pyodide/python_stdlib.zip", NOT_OF_THE_LIBRARY)
    return modules(library, STANDARD_LIBRARY) | modules(packages(), SITE_PACKAGES)


def runtime():
    files = {str(path.relative_to(FROM)): path.read_bytes() for path in FROM.glob("*/**/*.py")}
    return modules(files, SITE_PACKAGES)


if WHAT == "libraries":
    write_archive("libraries.pack", libraries())
else:
    write_archive("runtime.pack", runtime())
