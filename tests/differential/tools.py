"""The tools that the differential tests run: compilers, linkers, emulators, and a trusted run-time library."""
import os
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
RUNTIME = os.path.join(HERE, "runtime")
LLVM_TOOLS = "/usr/lib/llvm-22/bin"

# What both sides may use. QEMU knows no Zicond (before 8) and no tile unit, so only code for the simulator has them.
ARCHITECTURE = "rv64imafd_zba_zbb_zbs_zfh"
CLANG_TARGET = ["--target=riscv64-unknown-elf", "-mabi=lp64d", "-mcmodel=medany"]
LLC_TARGET = ["-mtriple=riscv64-unknown-elf", "-mattr=+m,+a,+f,+d,+zba,+zbb,+zbs,+zfh", "-target-abi=lp64d",
              "-code-model=medium", "-fp-contract=off"]
# The same meaning on both machines: RISC-V's char is unsigned, nothing is fused, no half is kept in more bits.
C_OPTIONS = ["-std=c17", "-ffp-contract=off", "-fno-math-errno", "-funsigned-char", "-fno-stack-protector", "-I",
             RUNTIME]
HOST_OPTIONS = ["-Xclang", "-ffloat16-excess-precision=none"]
IR_OPTIONS = ["-fno-vectorize", "-fno-slp-vectorize", "-fno-ident", "-fno-discard-value-names"]
DRAM = 0x80000000
COMPILE_SECONDS = 60
RUN_SECONDS = 60


class Failed(Exception):
    """One failure: its kind (a few words, the same for the same trouble) and everything known about it."""

    def __init__(self, kind, text):
        super().__init__(f"{kind}: {text}")
        self.kind, self.text = kind, text


def program(name):
    """The path of one of the public tools that the tests need."""
    path = shutil.which(name) or shutil.which(os.path.join(LLVM_TOOLS, name.removesuffix("-22")))
    if not path:
        raise Failed("missing tool", f"{name} is missing; ./run test installs it")
    return path


def execute(command, timeout, kind, folder=None):
    """Runs a command (in a folder); a timeout and an end by a signal are failures of this kind."""
    try:
        result = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=timeout,
                                stdin=subprocess.DEVNULL, cwd=folder)
    except subprocess.TimeoutExpired as expired:
        raise Failed(f"{kind} does not end", f"$ {' '.join(command)}\nno end after {timeout} s") from expired
    if result.returncode < 0:
        raise Failed(f"{kind} crashes", f"$ {' '.join(command)}\nsignal {-result.returncode}\n{result.stderr[-3000:]}")
    return result


def succeed(command, timeout, kind, folder=None):
    """Runs a command that must end with exit code 0."""
    result = execute(command, timeout, kind, folder)
    if result.returncode != 0:
        raise Failed(f"{kind} fails", f"$ {' '.join(command)}\n{result.stdout[-1000:]}{result.stderr[-4000:]}"
                     f"exit code {result.returncode}")
    return result.stdout


class Compiler:
    """From LLVM IR to an object: Kiln's compiler, or LLVM's where the name says so."""

    def __init__(self, path, options=()):
        self.path, self.options = path, list(options)
        self.is_llc = os.path.basename(path).startswith("llc")

    def compile(self, source, level, output, simulated=False):
        """Writes the object; `simulated`: for the simulator, with all of the machine's extensions."""
        command = [self.path, f"-O{level}", "-filetype=obj", *self.options]
        if self.is_llc:
            command += LLC_TARGET
        elif not simulated:
            command += ["-mattr=-zicond", "-no-tensor"]
        succeed(command + ["-o", output, source], COMPILE_SECONDS, "compiler")
        return output


class Toolchain:
    """One build's tools and a folder for intermediate files."""

    def __init__(self, build, compiler, folder):
        self.bin, self.compiler, self.folder = os.path.join(build, "bin"), compiler, folder
        self.oracle = Compiler(program("llc-22"))
        os.makedirs(folder, exist_ok=True)
        self.clang = program("clang-22")
        self.emulator = self._emulator()
        self.objects = {flavour: self._runtime(flavour) for flavour in ("linux", "htif")}

    @staticmethod
    def _emulator():
        """QEMU with Zfh, which is off by default and was spelled in another way before version 8."""
        emulator = program("qemu-riscv64")
        version = re.search(r"version (\d+)", succeed([emulator, "--version"], RUN_SECONDS, "qemu"))
        return [emulator, "-cpu", "rv64,zfh=true" if version and int(version.group(1)) >= 8 else "rv64,Zfh=true"]

    def _runtime(self, flavour):
        objects = []
        for name in ("emit", "memory", flavour):
            objects.append(os.path.join(self.folder, name + ".o"))
            succeed([self.clang, *CLANG_TARGET, f"-march={ARCHITECTURE}_zicsr", *C_OPTIONS, "-O1", "-ffreestanding",
                     "-fno-builtin", "-c", os.path.join(RUNTIME, name + ".c"), "-o", objects[-1]],
                    COMPILE_SECONDS, "clang")
        return objects

    def tool(self, name):
        path = os.path.join(self.bin, name)
        if not os.path.exists(path):
            raise Failed("missing tool", f"{path} is not built")
        return path

    def clang_to_ir(self, source, level, output, options=()):
        """C to textual IR. Level 0 leaves out `optnone`, so that the back end may optimize what clang did not."""
        succeed([self.clang, *CLANG_TARGET, f"-march={ARCHITECTURE}", *C_OPTIONS, *IR_OPTIONS, f"-O{level}", *options,
                 *(["-Xclang", "-disable-O0-optnone"] if level == 0 else []), "-w", "-S", "-emit-llvm", source, "-o",
                 output], COMPILE_SECONDS, "clang")
        return output

    def host_result(self, source, output, options=(), timeout=RUN_SECONDS):
        """What the C program prints, and its exit code, on the machine that the tests run on."""
        sources = [source, os.path.join(RUNTIME, "emit.c"), os.path.join(RUNTIME, "host.c")]
        succeed([self.clang, *C_OPTIONS, *HOST_OPTIONS, "-O1", *options, "-w", *sources, "-o", output],
                COMPILE_SECONDS, "host's clang")
        return self._result(execute([output], timeout, "host's program"))

    def host_result_of_ir(self, source, stem):
        """What a module of IR prints on the machine that the tests run on, by a back end with other rules."""
        module, output = stem + ".host.ll", stem + ".host"
        try:
            with open(source, encoding="utf-8") as lines, open(module, "w", encoding="utf-8") as text:
                text.writelines(line for line in lines if not line.startswith("target "))
            runtime = [os.path.join(RUNTIME, name) for name in ("emit.c", "host.c")]
            succeed([self.clang, "-w", "-O0", "-ffp-contract=off", "-I", RUNTIME, "-x", "ir", module, "-x", "c", *runtime,
                     "-lm", "-o", output], COMPILE_SECONDS, "host's clang")
            return self._result(execute([output], RUN_SECONDS, "host's program"))
        finally:
            for path in (module, output):
                if os.path.exists(path):
                    os.remove(path)

    def link(self, objects, output, way):
        """Links with the run-time library: `way` is lld-qemu, lld-sim or kiln-sim (linker and emulator)."""
        linker, _, emulator = way.partition("-")
        objects = [*self.objects["linux" if emulator == "qemu" else "htif"], *objects]
        if linker == "kiln":
            command = [self.tool("kiln-ld"), "-o", output, *objects]
        else:
            base = [f"--image-base={DRAM:#x}"] if emulator == "sim" else []
            command = [program("ld.lld-22"), *base, "--no-relax", "-o", output, *objects]
        succeed(command, COMPILE_SECONDS, "linker")
        return output

    def run(self, executable, way):
        """Standard output and exit code of a linked program."""
        if way.endswith("qemu"):
            command = [*self.emulator, executable]
        else:
            command = [self.tool("kiln-sim"), executable]
        return self._result(execute(command, RUN_SECONDS, "program"))

    def build_and_run(self, compiler, module, level, stem, way):
        """Compiles one module of IR, links it and runs it."""
        obj, executable = f"{stem}.o", f"{stem}.elf"
        try:
            compiler.compile(module, level, obj, simulated=way.endswith("sim"))
            self.link([obj], executable, way)
            return self.run(executable, way)
        finally:
            for path in (obj, executable):
                if os.path.exists(path):
                    os.remove(path)

    @staticmethod
    def _result(finished):
        return finished.stdout, finished.returncode


def difference(actual, expected):
    """Where two results (output, exit code) differ, as text; None when nowhere."""
    if actual == expected:
        return None
    got, want = actual[0].splitlines(), expected[0].splitlines()
    for number, (line, wanted) in enumerate(zip(got, want), 1):
        if line != wanted:
            return f"output line {number} of {len(want)}: {line} instead of {wanted}"
    if len(got) != len(want):
        return f"{len(got)} lines of output instead of {len(want)}; exit code {actual[1]} instead of {expected[1]}"
    return f"exit code {actual[1]} instead of {expected[1]}"
