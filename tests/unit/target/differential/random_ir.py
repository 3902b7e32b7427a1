"""Random LLVM IR without undefined behaviour: every function terminates and its results depend on its arguments only."""

import random

INTEGERS = [1, 8, 16, 32, 64, 8, 16, 32, 64, 32, 64, 3, 7, 13, 24, 33, 48, 57]
FLOATS = ["float", "double", "half"]
PREDICATES = ["eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge"]
FLOAT_PREDICATES = ["oeq", "ogt", "oge", "olt", "ole", "one", "ord", "ueq", "ugt", "uge", "ult", "ule", "une", "uno"]
GLOBAL_BYTES = 256


class Function:
    def __init__(self, rng, name, callees):
        self.rng = rng
        self.name = name
        self.callees = callees
        self.lines = []
        self.next = 0
        self.block = "entry"
        self.pool = []  # (type, value)
        self.declares = set()

    def fresh(self, prefix="v"):
        self.next += 1
        return f"{prefix}{self.next}"

    def emit(self, type_, text):
        name = "%" + self.fresh()
        self.lines.append(f"  {name} = {text}")
        self.pool.append((type_, name))
        return name

    def start(self, label):
        self.lines.append(f"{label}:")
        self.block = label

    def constant(self, type_):
        r = self.rng
        if type_ in FLOATS:
            value = r.choice([0.0, 1.0, -1.0, 0.5, 2.0, -3.25, 100.0, 1024.0, -0.0])
            return f"{value:.6e}"
        bits = int(type_[1:])
        value = r.choice([0, 1, -1, r.getrandbits(bits), 1 << (bits - 1), (1 << (bits - 1)) - 1, r.randrange(-2050, 2050), 255, 0xFFFF])
        value &= (1 << bits) - 1
        if bits == 1:
            return "true" if value else "false"
        return str(value - (1 << bits) if value >> (bits - 1) else value)

    def value(self, type_):
        found = [v for t, v in self.pool[-40:] if t == type_]
        if found and self.rng.random() < 0.85:
            return self.rng.choice(found)
        if self.rng.random() < 0.5:
            return self.constant(type_)
        converted = self.convert(type_)
        return converted if converted else self.constant(type_)

    def integer_type(self):
        return f"i{self.rng.choice(INTEGERS)}"

    def any_type(self):
        return self.rng.choice(FLOATS) if self.rng.random() < 0.25 else self.integer_type()

    def intrinsic(self, type_, name, arguments, types=None):
        types = types or [type_] * len(arguments)
        self.declares.add(f"declare {type_} @{name}({', '.join(types)})")
        text = ", ".join(f"{t} {a}" for t, a in zip(types, arguments))
        return self.emit(type_, f"call {type_} @{name}({text})")

    def convert(self, type_):
        """Some value of another type, made into this one."""
        if not self.pool:
            return None
        source, value = self.rng.choice(self.pool[-40:])
        if source == type_:
            return value
        if source in FLOATS and type_ in FLOATS:
            order = {"half": 0, "float": 1, "double": 2}
            op = "fpext" if order[type_] > order[source] else "fptrunc"
            return self.emit(type_, f"{op} {source} {value} to {type_}")
        if type_ in FLOATS:
            return self.emit(type_, f"{self.rng.choice(['sitofp', 'uitofp'])} {source} {value} to {type_}")
        if source in FLOATS:
            if type_ not in ("i32", "i64", "i8", "i16"):
                return None
            name = self.rng.choice(["fptosi", "fptoui"])
            short = {"half": "f16", "float": "f32", "double": "f64"}[source]
            return self.intrinsic(type_, f"llvm.{name}.sat.{type_}.{short}", [value], [source])
        if int(source[1:]) > int(type_[1:]):
            return self.emit(type_, f"trunc {source} {value} to {type_}")
        return self.emit(type_, f"{self.rng.choice(['sext', 'zext'])} {source} {value} to {type_}")

    def shift_amount(self, type_):
        bits = int(type_[1:])
        if self.rng.random() < 0.6 or bits & (bits - 1) or bits == 1:
            amount = self.rng.randrange(bits)
            if bits == 1:
                return "false"
            return str(amount - (1 << bits) if amount >> (bits - 1) else amount)
        return self.emit(type_, f"and {type_} {self.value(type_)}, {bits - 1}")

    def divisor(self, type_):
        """Never 0, and never -1."""
        one = "true" if type_ == "i1" else "1"
        odd = self.emit(type_, f"or {type_} {self.value(type_)}, {one}")
        minus = self.emit("i1", f"icmp eq {type_} {odd}, {'true' if type_ == 'i1' else '-1'}")
        return self.emit(type_, f"select i1 {minus}, {type_} {'true' if type_ == 'i1' else '3'}, {type_} {odd}")

    def integer_operation(self):
        r, type_ = self.rng, self.integer_type()
        bits = int(type_[1:])
        kind = r.random()
        if kind < 0.45:
            op = r.choice(["add", "sub", "mul", "and", "or", "xor", "add", "sub"])
            self.emit(type_, f"{op} {type_} {self.value(type_)}, {self.value(type_)}")
        elif kind < 0.6:
            value = self.value(type_)
            self.emit(type_, f"{r.choice(['shl', 'lshr', 'ashr'])} {type_} {value}, {self.shift_amount(type_)}")
        elif kind < 0.66 and bits > 2:
            value, divisor = self.value(type_), self.divisor(type_)
            self.emit(type_, f"{r.choice(['sdiv', 'udiv', 'srem', 'urem'])} {type_} {value}, {divisor}")
        elif kind < 0.75:
            name = r.choice(["smax", "smin", "umax", "umin", "sadd.sat", "ssub.sat", "uadd.sat", "usub.sat"])
            self.intrinsic(type_, f"llvm.{name}.{type_}", [self.value(type_), self.value(type_)])
        elif kind < 0.8:
            name = r.choice(["fshl", "fshr"])
            a = self.value(type_)
            b = a if r.random() < 0.5 else self.value(type_)
            self.intrinsic(type_, f"llvm.{name}.{type_}", [a, b, self.value(type_)])
        elif kind < 0.85:
            name = r.choice(["ctpop", "ctlz", "cttz", "bswap", "abs"])
            if name == "ctpop":
                self.intrinsic(type_, f"llvm.ctpop.{type_}", [self.value(type_)])
            elif name == "bswap" and bits in (16, 32, 64, 48):
                self.intrinsic(type_, f"llvm.bswap.{type_}", [self.value(type_)])
            elif name in ("ctlz", "cttz", "abs"):
                self.intrinsic(type_, f"llvm.{name}.{type_}", [self.value(type_), "false"], [type_, "i1"])
        elif kind < 0.88 and bits in (8, 16, 32, 64):
            name = r.choice(["sadd", "ssub", "uadd", "usub", "smul", "umul"])
            pair = f"{{ {type_}, i1 }}"
            self.declares.add(f"declare {pair} @llvm.{name}.with.overflow.{type_}({type_}, {type_})")
            result = "%" + self.fresh()
            self.lines.append(f"  {result} = call {pair} @llvm.{name}.with.overflow.{type_}({type_} {self.value(type_)}, {type_} {self.value(type_)})")
            self.emit(type_, f"extractvalue {pair} {result}, 0")
            self.emit("i1", f"extractvalue {pair} {result}, 1")
        elif kind < 0.94:
            self.emit("i1", f"icmp {r.choice(PREDICATES)} {type_} {self.value(type_)}, {self.value(type_)}")
        else:
            condition = self.value("i1")
            self.emit(type_, f"select i1 {condition}, {type_} {self.value(type_)}, {type_} {self.value(type_)}")

    def float_operation(self):
        r, type_ = self.rng, self.rng.choice(FLOATS)
        short = {"half": "f16", "float": "f32", "double": "f64"}[type_]
        kind = r.random()
        if kind < 0.4:
            flags = r.choice(["", "", " contract"])
            # No contraction when several orders are possible: fmul and fadd carry the flag in pairs of our making only.
            self.emit(type_, f"{r.choice(['fadd', 'fsub', 'fmul', 'fdiv'])} {type_} {self.value(type_)}, {self.value(type_)}")
            del flags
        elif kind < 0.5:
            self.emit(type_, f"fneg {type_} {self.value(type_)}")
        elif kind < 0.75:
            name, count = r.choice([("fma", 3), ("fabs", 1), ("sqrt", 1), ("copysign", 2), ("minnum", 2), ("maxnum", 2), ("minimum", 2), ("maximum", 2)])
            self.intrinsic(type_, f"llvm.{name}.{short}", [self.value(type_) for _ in range(count)])
        elif kind < 0.9:
            self.emit("i1", f"fcmp {r.choice(FLOAT_PREDICATES)} {type_} {self.value(type_)}, {self.value(type_)}")
        else:
            condition = self.value("i1")
            self.emit(type_, f"select i1 {condition}, {type_} {self.value(type_)}, {type_} {self.value(type_)}")

    def memory_operation(self):
        r, type_ = self.rng, self.any_type()
        base = r.choice(["@bytes", "%local"])
        index = self.emit("i64", f"and i64 {self.value('i64')}, {(GLOBAL_BYTES - 8) & ~7}")
        address = "%" + self.fresh("p")
        self.lines.append(f"  {address} = getelementptr i8, ptr {base}, i64 {index}")
        alignment = r.choice([1, 8])
        if type_ in FLOATS or r.random() < 0.5:
            # NaN bits may differ, so floating values are stored as rounded integers.
            type_ = self.integer_type() if type_ in FLOATS else type_
            self.lines.append(f"  store {type_} {self.value(type_)}, ptr {address}, align {alignment}")
        bits = r.choice([8, 16, 32, 64])
        self.emit(f"i{bits}", f"load i{bits}, ptr {address}, align {alignment}")

    def call(self):
        if not self.callees:
            return
        callee = self.rng.choice(self.callees)
        arguments = ", ".join(f"{t} {self.value(t)}" for t in callee.types)
        self.emit(callee.result, f"call {callee.result} @{callee.name}({arguments})")

    def operation(self):
        kind = self.rng.random()
        if kind < 0.68:
            self.integer_operation()
        elif kind < 0.83:
            self.float_operation()
        elif kind < 0.94:
            self.memory_operation()
        elif kind < 0.96:
            self.call()
        else:
            self.convert(self.any_type())

    def branch(self, depth):
        condition = self.value("i1")
        yes, no, join = self.fresh("yes"), self.fresh("no"), self.fresh("join")
        types = [self.any_type() for _ in range(self.rng.randrange(1, 4))]
        saved = list(self.pool)
        self.lines.append(f"  br i1 {condition}, label %{yes}, label %{no}")
        arms = []
        for label in (yes, no):
            self.pool = list(saved)
            self.start(label)
            self.statements(depth - 1)
            arms.append(([self.value(t) for t in types], self.block))
            self.lines.append(f"  br label %{join}")
        self.pool = saved
        self.start(join)
        for i, type_ in enumerate(types):
            self.emit(type_, f"phi {type_} [ {arms[0][0][i]}, %{arms[0][1]} ], [ {arms[1][0][i]}, %{arms[1][1]} ]")

    def loop(self, depth):
        head, body, end = self.fresh("head"), self.fresh("body"), self.fresh("end")
        types = [self.any_type() for _ in range(self.rng.randrange(1, 5))]
        initial = [self.value(t) for t in types]
        before = self.block
        count = self.rng.randrange(1, 9)
        counter_type = self.rng.choice(["i32", "i64", "i16"])
        saved = list(self.pool)
        self.lines.append(f"  br label %{head}")
        self.start(head)
        marker = len(self.lines)
        counter = self.emit(counter_type, "")
        phis = [self.emit(t, "") for t in types]
        self.lines.append(f"  br label %{body}")
        self.start(body)
        self.statements(depth - 1)
        nexts = [self.value(t) for t in types]
        step = self.emit(counter_type, f"add {counter_type} {counter}, 1")
        again = self.emit("i1", f"icmp ne {counter_type} {step}, {count}")
        last = self.block
        self.lines.append(f"  br i1 {again}, label %{head}, label %{end}")
        self.lines[marker] = f"  {counter} = phi {counter_type} [ 0, %{before} ], [ {step}, %{last} ]"
        for i, type_ in enumerate(types):
            self.lines[marker + 1 + i] = f"  {phis[i]} = phi {type_} [ {initial[i]}, %{before} ], [ {nexts[i]}, %{last} ]"
        self.start(end)
        self.pool = saved + [(t, p) for t, p in zip(types, phis)] + [(t, n) for t, n in zip(types, nexts) if n.startswith("%")]

    def switch(self, depth):
        type_ = self.rng.choice(["i8", "i32", "i64", "i13"])
        selector = self.emit(type_, f"and {type_} {self.value(type_)}, {self.rng.choice([3, 7, 31])}")
        cases = self.rng.sample(range(32), self.rng.randrange(1, 9))
        labels = [self.fresh("case") for _ in range(self.rng.randrange(1, 4))]
        join, other = self.fresh("join"), self.fresh("default")
        result = self.any_type()
        saved = list(self.pool)
        table = " ".join(f"{type_} {c}, label %{self.rng.choice(labels)}" for c in cases)
        self.lines.append(f"  switch {type_} {selector}, label %{other} [ {table} ]")
        arms = []
        used = [label for label in labels if f"%{label} " in table + " "]
        for label in used + [other]:
            self.pool = list(saved)
            self.start(label)
            self.statements(depth - 1)
            arms.append((self.value(result), self.block))
            self.lines.append(f"  br label %{join}")
        self.pool = saved
        self.start(join)
        self.emit(result, f"phi {result} " + ", ".join(f"[ {v}, %{b} ]" for v, b in arms))

    def statements(self, depth):
        for _ in range(self.rng.randrange(2, 9)):
            self.operation()
        if depth > 0:
            for _ in range(self.rng.randrange(1, 3)):
                self.rng.choice([self.branch, self.loop, self.switch])(depth)
                for _ in range(self.rng.randrange(0, 5)):
                    self.operation()

    def generate(self):
        self.types = [self.rng.choice(["i64", "i32", "double", "float", "i64"]) for _ in range(self.rng.randrange(1, 12))]
        self.result = self.rng.choice(["i64", "i32", "double"])
        parameters = ", ".join(f"{t} %a{i}" for i, t in enumerate(self.types))
        self.pool = [(t, f"%a{i}") for i, t in enumerate(self.types)]
        self.lines = [f"define {self.result} @{self.name}({parameters}) {{", "entry:", f"  %local = alloca [{GLOBAL_BYTES} x i8], align 8",
                      f"  call void @llvm.memset.p0.i64(ptr align 8 %local, i8 7, i64 {GLOBAL_BYTES}, i1 false)"]
        self.statements(2)
        # Everything still at hand goes into the result.
        hash_ = "0"
        for type_, value in self.pool[-24:]:
            hash_ = self.mix(hash_, type_, value)
        if self.result == "i64":
            self.lines.append(f"  ret i64 {hash_}")
        elif self.result == "i32":
            self.lines.append(f"  ret i32 {self.emit('i32', f'trunc i64 {hash_} to i32')}")
        else:
            small = self.emit("i64", f"lshr i64 {hash_}, 16")
            self.lines.append(f"  ret double {self.emit('double', f'uitofp i64 {small} to double')}")
        self.lines.append("}")
        return self

    def mix(self, hash_, type_, value):
        if type_ in FLOATS:
            # NaNs are all the same.
            number = self.emit("i1", f"fcmp ord {type_} {value}, {value}")
            one = "0xH3C00" if type_ == "half" else "1.0"
            value = self.emit(type_, f"select i1 {number}, {type_} {value}, {type_} {one}")
            bits = {"half": 16, "float": 32, "double": 64}[type_]
            value = self.emit(f"i{bits}", f"bitcast {type_} {value} to i{bits}")
            type_ = f"i{bits}"
        if type_ != "i64":
            value = self.emit("i64", f"{self.rng.choice(['zext', 'sext'])} {type_} {value} to i64")
        product = self.emit("i64", f"mul i64 {hash_}, 1099511628211")
        return self.emit("i64", f"xor i64 {product}, {value}")


def generate(seed):
    rng = random.Random(seed)
    functions = []
    for i in range(3):
        functions.append(Function(rng, f"f{i}", list(functions)).generate())
    lines = ['target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"', 'target triple = "riscv64-unknown-elf"',
             f"@bytes = global [{GLOBAL_BYTES} x i8] zeroinitializer, align 8", "declare void @put(i64)",
             "declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)"]
    declares = set()
    for f in functions:
        declares |= f.declares
    lines += sorted(declares)
    for f in functions:
        lines += f.lines
    lines += ["define i32 @main() {"]
    for k in range(6):
        f = functions[k % len(functions)]
        arguments = ", ".join(f"{t} {f.constant(t)}" for t in f.types)
        lines.append(f"  %r{k} = call {f.result} @{f.name}({arguments})")
        if f.result == "double":
            lines.append(f"  %x{k} = bitcast double %r{k} to i64")
        elif f.result == "i32":
            lines.append(f"  %x{k} = zext i32 %r{k} to i64")
        else:
            lines.append(f"  %x{k} = add i64 %r{k}, 0")
        lines.append(f"  call void @put(i64 %x{k})")
    lines += ["  ret i32 0", "}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    import sys

    print(generate(int(sys.argv[1])))
