PREFIX = "team-"


def full_name(name):
    return PREFIX + name
