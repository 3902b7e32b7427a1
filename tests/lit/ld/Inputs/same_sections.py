"""Two executables have the same loaded sections: names, addresses in memory and at load, contents."""
import subprocess
import sys


def loaded(path):
    """name -> (address, contents), and the load addresses of segments with contents by address"""
    with open(path, "rb") as file:
        data = file.read()
    number = lambda at, size: int.from_bytes(data[at : at + size], "little")
    headers, count, names = number(40, 8), number(60, 2), number(62, 2)
    names_at = number(headers + 64 * names + 24, 8)
    sections = {}
    for i in range(1, count):
        at = headers + 64 * i
        name_at = names_at + number(at, 4)
        if number(at + 8, 8) & 2:
            start, size = number(at + 24, 8), number(at + 32, 8)
            name = data[name_at : data.index(b"\0", name_at)].decode()
            sections[name] = number(at + 16, 8), data[start : start + size] if number(at + 4, 4) != 8 else size
    loads = {}
    for i in range(number(56, 2)):
        at = number(32, 8) + 56 * i
        if number(at, 4) == 1 and number(at + 32, 8):
            for name, (address, contents) in sections.items():
                start = number(at + 16, 8)
                offset = number(at + 8, 8) - 0
                if isinstance(contents, bytes) and start <= address < start + number(at + 40, 8):
                    place = offset + (address - start)
                    if data[place : place + len(contents)] == contents:
                        loads[name] = number(at + 24, 8) + address - start
    return sections, loads


first, second = loaded(sys.argv[1]), loaded(sys.argv[2])
if first != second:
    sys.exit("%s\n%s" % (first, second))
