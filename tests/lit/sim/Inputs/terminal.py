"""terminal.py COMMAND...: runs a command with standard error on a terminal; prints what it wrote there, escapes made visible."""
import os
import pty
import subprocess
import sys

master, slave = pty.openpty()
command = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stderr=slave)
os.close(slave)
written = b""
try:
    while block := os.read(master, 4096):
        written += block
except OSError:  # the other side is closed
    pass
print(repr(written.decode()), "code", command.wait())
