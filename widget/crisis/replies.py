from dataclasses import dataclass


class Hotline:
    pass


def replies(*a):
    return []


def hotlines(*a):
    return ()
