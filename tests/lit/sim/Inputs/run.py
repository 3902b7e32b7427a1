"""Runs a command with standard error joined to standard output and prints its exit code as the last line."""

import subprocess
import sys

code = subprocess.run(sys.argv[1:], stderr=subprocess.STDOUT).returncode
sys.stdout.flush()
print("code", code)
