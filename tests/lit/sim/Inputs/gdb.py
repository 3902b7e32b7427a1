"""gdb.py COMMANDS PROGRAM [OPTION...]: runs kiln-sim --gdb=0 with the program and options, and gdb-multiarch with the commands
beside it. Prints what GDB says and the simulator's exit code. With COMMANDS "interrupt", stops an endless loop."""
import re
import signal
import subprocess
import sys
import time

commands, program, *options = sys.argv[1:]
simulator = subprocess.Popen(["kiln-sim", program, "--gdb=0", *options], stderr=subprocess.PIPE, text=True)
port = re.search(r":(\d+)$", simulator.stderr.readline().strip()).group(1)
gdb = ["gdb-multiarch", "-nx", "-batch", "-ex", "set pagination off", "-ex", "set confirm off", "-ex",
       f"target remote 127.0.0.1:{port}"]
if commands == "interrupt":
    debugger = subprocess.Popen([*gdb, "-ex", "echo goes on\\n", "-ex", "continue", "-ex", "print $t0 > 0", "-ex", "kill", program],
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in debugger.stdout:  # which may take long on a busy host
        if line.startswith("goes on"):
            break
    time.sleep(1.5)
    debugger.send_signal(signal.SIGINT)
    print(debugger.communicate(timeout=60)[0])
else:
    print(subprocess.run([*gdb, "-x", commands, program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                         timeout=60).stdout)
print("code", simulator.wait(timeout=60))
