"""The functions of random modules: see random_ir.py."""
import struct

INTEGERS = ["i1", "i5", "i8", "i9", "i13", "i16", "i17", "i24", "i31", "i32", "i33", "i40", "i48", "i63", "i64"]
USUAL = ["i8", "i16", "i32", "i32", "i32", "i64", "i64", "i64"]
FLOATS = {"half": 11, "float": 24, "double": 53}  # bits of precision
BITS_OF_FLOAT = {"half": 16, "float": 32, "double": 64}
INTEGER_PREDICATES = ["eq", "ne", "ult", "ule", "ugt", "uge", "slt", "sle", "sgt", "sge"]
FLOAT_PREDICATES = ["oeq", "ogt", "oge", "olt", "ole", "one", "ord", "uno", "ueq", "ugt", "uge", "ult", "ule", "une",
                    "true", "false"]
STRUCT_FIELDS = ["i8", "i32", "i64", "half", "float", "i16", "double", "i8"]
RESULT_STRUCTS = [["i32", "i64"], ["i64", "double"], ["float", "float"], ["i8", "i16"], ["double", "i32"],
                  ["half", "i64"], ["i64", "i64"]]
MAX_COST = 30000  # operations that one call may execute

# Things that a compiler may refuse; generate(seed, without={...}) leaves them out.
FEATURES = {"saturate", "overflow", "compare3", "bitreverse", "unaligned", "aggregate", "saturate-cast", "odd-memory"}


def width(type_):
    return int(type_[1:])


def is_integer(type_):
    return type_[0] == "i" and type_[1:].isdigit()


class Callee:
    def __init__(self, name, result, params, cost, table=None):
        self.name, self.result, self.params, self.cost, self.table = name, result, params, cost, table

    def result_text(self):
        return self.result if isinstance(self.result, str) else "{ " + ", ".join(self.result) + " }"


class Function:
    """Generates one function body, region by region. `pool` holds the values that dominate the current place."""

    def __init__(self, module, name, result, params):
        self.module, self.random = module, module.random
        self.name, self.result, self.params = name, result, params
        self.lines, self.entry = [], []
        self.pool, self.count, self.block = [], 0, "entry"
        self.weight, self.cost, self.depth = 1, 0, 0
        self.arrays = list(module.arrays)

    # -- text

    def fresh(self):
        self.count += 1
        return f"%v{self.count}"

    def label(self):
        self.count += 1
        return f"b{self.count}"

    def put(self, type_, text):
        """An instruction with a result, which joins the pool."""
        name = self.fresh()
        self.lines.append(f"  {name} = {text}")
        self.pool.append((type_, name))
        self.cost += self.weight
        return name

    def hidden(self, type_, text):
        """An instruction with a result that stays out of the pool."""
        name = self.put(type_, text)
        self.pool.pop()
        return name

    def start(self, label):
        self.lines.append(f"{label}:")
        self.block = label

    # -- constants

    def constant(self, type_):
        if type_ in FLOATS:
            return self.float_constant(type_)
        bits = width(type_)
        if bits == 1:
            return self.random.choice(["true", "false"])
        kind = self.random.randrange(6)
        if kind == 0:
            value = self.random.choice([0, 1, -1, 2, 3, -2, 7, 10, 255, 256])
        elif kind == 1:
            value = self.random.choice([-1, 1]) * (1 << self.random.randrange(bits)) + self.random.randrange(-1, 2)
        elif kind == 2:
            value = self.random.choice([2047, 2048, -2048, -2049, 4095, 4096, 0x7ffff000, 0x7fffffff, 0x80000000,
                                        0xffffffff, 0x100000000, -0x80000000, 0x7ffff800])
        elif kind == 3:
            value = self.random.randrange(-300, 300)
        else:
            value = self.random.getrandbits(bits)
        value &= (1 << bits) - 1
        return str(value - (1 << bits) if value >> (bits - 1) else value)

    def float_constant(self, type_):
        value = self.random.choice([0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 3.0, -7.25, 100.0, 1024.0, 0.125, -0.375, 65504.0,
                                    float(self.random.randrange(-2000, 2000)) / 8])
        return float_text(type_, value)

    # -- values of a wanted type

    def want(self, type_):
        """A value of this type: usually one from the pool."""
        if self.random.random() < 0.12:
            return self.constant(type_)
        having = [name for other, name in self.pool if other == type_]
        if having and self.random.random() < 0.93:
            if self.random.random() < 0.5:
                return self.random.choice(having[-6:])
            return self.random.choice(having)
        if not self.pool:
            return self.constant(type_)
        source, name = self.random.choice(self.pool[-40:])
        return self.cast(source, name, type_)

    def cast(self, source, name, target):
        """The value converted in a defined way."""
        if source == target:
            return name
        if is_integer(source) and is_integer(target):
            operation = "trunc" if width(source) > width(target) else self.random.choice(["zext", "sext"])
            return self.put(target, f"{operation} {source} {name} to {target}")
        if is_integer(source):
            if BITS_OF_FLOAT[target] == width(source) and self.random.random() < 0.3:
                return self.bits_to_float(source, name, target)
            return self.put(target, f"{self.random.choice(['sitofp', 'uitofp'])} {source} {name} to {target}")
        if is_integer(target):
            return self.float_to_integer(source, name, target)
        operation = "fpext" if FLOATS[source] < FLOATS[target] else "fptrunc"
        return self.put(target, f"{operation} {source} {name} to {target}")

    def bits_to_float(self, source, name, target):
        """A bit pattern as a number, without the highest bit of the exponent: not infinite, no NaN."""
        mask = (1 << width(source)) - 1 - (1 << (width(source) - 2))
        masked = self.hidden(source, f"and {source} {name}, {mask}")
        return self.put(target, f"bitcast {source} {masked} to {target}")

    def canonical(self, type_, name):
        """The number, or 3.0 in place of any NaN."""
        unordered = self.hidden("i1", f"fcmp uno {type_} {name}, {float_text(type_, 0.0)}")
        return self.hidden(type_, f"select i1 {unordered}, {type_} {float_text(type_, 3.0)}, {type_} {name}")

    def float_to_integer(self, source, name, target):
        bits, signed = width(target), self.random.random() < 0.6
        if "saturate-cast" not in self.module.without and self.random.random() < 0.15 and bits in (8, 16, 32, 64):
            sign = "s" if signed else "u"
            return self.put(target, self.module.intrinsic(
                target, f"fpto{sign}i.sat.{target}.f{BITS_OF_FLOAT[source]}", [(source, name)]))
        low, high = float_limits(source, bits, signed)
        name = self.canonical(source, name)
        below = self.hidden("i1", f"fcmp olt {source} {name}, {low}")
        name = self.hidden(source, f"select i1 {below}, {source} {low}, {source} {name}")
        above = self.hidden("i1", f"fcmp ogt {source} {name}, {high}")
        name = self.hidden(source, f"select i1 {above}, {source} {high}, {source} {name}")
        return self.put(target, f"fpto{'s' if signed else 'u'}i {source} {name} to {target}")

    def to_i64(self, type_, name):
        """Everything there is to see of a value, in 64 bits."""
        if type_ in FLOATS:
            integer = f"i{BITS_OF_FLOAT[type_]}"
            name = self.hidden(integer, f"bitcast {type_} {self.canonical(type_, name)} to {integer}")
            type_ = integer
        if type_ == "i64":
            return name
        return self.hidden("i64", f"{self.random.choice(['zext', 'sext'])} {type_} {name} to i64")

    def some_type(self):
        choice = self.random.random()
        if choice < 0.55:
            return self.random.choice(USUAL)
        if choice < 0.78:
            return self.random.choice(INTEGERS)
        return self.random.choice(["half", "float", "float", "double", "double"])

    # -- operations

    def operation(self):
        type_ = self.some_type()
        choice = self.random.random()
        if choice < 0.12:
            self.compare()
        elif choice < 0.22:
            condition = self.want("i1")
            self.put(type_, f"select i1 {condition}, {type_} {self.want(type_)}, {type_} {self.want(type_)}")
        elif choice < 0.32 and self.pool:
            source, name = self.random.choice(self.pool)
            self.cast(source, name, type_)
        elif choice < 0.34:
            self.put(type_, f"freeze {type_} {self.want(type_)}")
        elif type_ in FLOATS:
            self.float_operation(type_)
        elif choice < 0.52:
            self.integer_intrinsic(type_)
        else:
            self.integer_operation(type_)

    def compare(self):
        type_ = self.some_type()
        left, right = self.want(type_), self.want(type_)
        if type_ in FLOATS:
            self.put("i1", f"fcmp {self.random.choice(FLOAT_PREDICATES)} {type_} {left}, {right}")
        else:
            self.put("i1", f"icmp {self.random.choice(INTEGER_PREDICATES)} {type_} {left}, {right}")

    def integer_operation(self, type_):
        bits = width(type_)
        operation = self.random.choice(["add", "sub", "mul", "and", "or", "xor", "shl", "lshr", "ashr", "add", "sub",
                                        "udiv", "urem", "sdiv", "srem", "xor", "not", "neg"])
        left = self.want(type_)
        if operation in ("shl", "lshr", "ashr"):
            self.put(type_, f"{operation} {type_} {left}, {self.shift_amount(type_)}")
        elif operation in ("udiv", "urem", "sdiv", "srem"):
            self.division(operation, type_, left)
        elif operation == "not":
            self.put(type_, f"xor {type_} {left}, {'true' if bits == 1 else -1}")
        elif operation == "neg":
            self.put(type_, f"sub {type_} {'false' if bits == 1 else 0}, {left}")
        else:
            self.put(type_, f"{operation} {type_} {left}, {self.want(type_)}")

    def shift_amount(self, type_):
        bits = width(type_)
        if bits == 1:
            return "false"
        if self.random.random() < 0.5:
            return str(self.random.choice([0, 1, bits - 1, self.random.randrange(bits)]))
        amount = self.want(type_)
        if bits & (bits - 1) == 0:
            return self.hidden(type_, f"and {type_} {amount}, {bits - 1}")
        return self.hidden(type_, f"urem {type_} {amount}, {bits}")

    def division(self, operation, type_, left):
        bits = width(type_)
        if bits < 5:
            self.put(type_, f"xor {type_} {left}, {self.want(type_)}")
            return
        if self.random.random() < 0.4:
            divisor = self.random.choice([1, 2, 3, 5, 7, 10, 8, (1 << (bits - 2)) - 1, 1 << (bits - 2)])
            if operation[0] == "s" and self.random.random() < 0.3 and divisor > 1:
                divisor = -divisor
            self.put(type_, f"{operation} {type_} {left}, {divisor}")
            return
        right = self.want(type_)
        if operation[0] == "s":
            if self.random.random() < 0.5:
                right = self.hidden(type_, f"lshr {type_} {right}, 1")
            else:
                left = self.hidden(type_, f"lshr {type_} {left}, 1")
        right = self.hidden(type_, f"or {type_} {right}, 1")
        self.put(type_, f"{operation} {type_} {left}, {right}")

    def integer_intrinsic(self, type_):
        bits, left = width(type_), self.want(type_)
        names = ["umin", "umax", "smin", "smax", "ctpop", "fshl", "fshr"]
        if bits > 1:
            names += ["abs", "ctlz", "cttz"]
        if bits % 16 == 0:
            names += ["bswap", "bswap"]
        optional = {"saturate": ["uadd.sat", "usub.sat", "sadd.sat", "ssub.sat"], "overflow": ["overflow"],
                    "compare3": ["ucmp", "scmp"]}
        for feature, more in optional.items():
            names += more if feature not in self.module.without else []
        if "bitreverse" not in self.module.without and bits in (8, 16, 32, 64):
            names.append("bitreverse")
        name = self.random.choice(names)
        if name == "overflow":
            self.overflow(type_, left)
        elif name in ("ucmp", "scmp"):
            self.put("i32", self.module.intrinsic("i32", f"{name}.i32.{type_}",
                                                  [(type_, left), (type_, self.want(type_))]))
        elif name in ("ctpop", "bswap", "bitreverse"):
            self.put(type_, self.module.intrinsic(type_, f"{name}.{type_}", [(type_, left)]))
        elif name in ("abs", "ctlz", "cttz"):
            self.put(type_, self.module.intrinsic(type_, f"{name}.{type_}", [(type_, left), ("i1", "false")]))
        elif name in ("fshl", "fshr"):
            other = left if self.random.random() < 0.5 else self.want(type_)
            amount = self.want(type_) if self.random.random() < 0.5 else self.shift_amount(type_)
            self.put(type_, self.module.intrinsic(type_, f"{name}.{type_}",
                                                  [(type_, left), (type_, other), (type_, amount)]))
        else:
            self.put(type_, self.module.intrinsic(type_, f"{name}.{type_}",
                                                  [(type_, left), (type_, self.want(type_))]))

    def overflow(self, type_, left):
        name = self.random.choice(["sadd", "uadd", "ssub", "usub", "smul", "umul"])
        if width(type_) > 32 and name in ("smul", "umul"):
            name = "sadd"
        pair = self.hidden("", self.module.intrinsic(f"{{ {type_}, i1 }}", f"{name}.with.overflow.{type_}",
                                                     [(type_, left), (type_, self.want(type_))]))
        self.put(type_, f"extractvalue {{ {type_}, i1 }} {pair}, 0")
        self.put("i1", f"extractvalue {{ {type_}, i1 }} {pair}, 1")

    def float_operation(self, type_):
        suffix = f"f{BITS_OF_FLOAT[type_]}"
        operation = self.random.choice(["fadd", "fsub", "fmul", "fdiv", "fadd", "fmul", "fneg", "fabs", "sqrt", "fma",
                                        "fmuladd", "minnum", "maxnum", "copysign", "minimum", "maximum", "small"])
        left = self.want(type_)
        if operation in ("fadd", "fsub", "fmul", "fdiv"):
            self.put(type_, f"{operation} {type_} {left}, {self.want(type_)}")
        elif operation == "fneg":
            self.put(type_, f"fneg {type_} {left}")
        elif operation in ("fabs", "sqrt"):
            self.put(type_, self.module.intrinsic(type_, f"{operation}.{suffix}", [(type_, left)]))
        elif operation == "fma":
            arguments = [(type_, left), (type_, self.want(type_)), (type_, self.want(type_))]
            self.put(type_, self.module.intrinsic(type_, f"fma.{suffix}", arguments))
        elif operation == "fmuladd":
            arguments = [(type_, self.small(type_)) for _ in range(3)]
            self.put(type_, self.module.intrinsic(type_, f"fmuladd.{suffix}", arguments))
        elif operation in ("minnum", "maxnum", "minimum", "maximum"):
            # Which zero the smaller of two is, is open: one side is not zero.
            other = float_text(type_, self.random.choice([1.0, -1.0, 0.5, 100.0, -7.25]))
            arguments = [(type_, left), (type_, other)]
            self.random.shuffle(arguments)
            self.put(type_, self.module.intrinsic(type_, f"{operation}.{suffix}", arguments))
        elif operation == "copysign":
            sign = self.canonical(type_, self.want(type_))
            self.put(type_, self.module.intrinsic(type_, f"copysign.{suffix}", [(type_, left), (type_, sign)]))
        else:
            self.pool.append((type_, self.small(type_)))

    def small(self, type_):
        """A small integer as a float: sums of products of two are exact in all types."""
        narrow = self.hidden("i5", f"trunc i32 {self.want('i32')} to i5")
        return self.hidden(type_, f"sitofp i5 {narrow} to {type_}")

    # -- memory

    def memory(self):
        choice = self.random.random()
        if choice < 0.12 and "unaligned" not in self.module.without:
            self.unaligned()
            return
        name, type_, fields, size = self.random.choice(self.arrays)
        index = self.index(size)
        if fields:
            field = self.random.randrange(len(fields))
            address = self.hidden("ptr", f"getelementptr inbounds {type_}, ptr {name}, i64 {index}, i32 {field}")
            type_ = fields[field]
        else:
            address = self.hidden("ptr", f"getelementptr inbounds {type_}, ptr {name}, i64 {index}")
            others = [other for other in self.arrays if other[1] == type_ and other[0] != name]
            if others and choice < 0.3:
                other = self.random.choice(others)
                second = self.hidden(
                    "ptr", f"getelementptr inbounds {type_}, ptr {other[0]}, i64 {self.index(other[3])}")
                address = self.hidden("ptr", f"select i1 {self.want('i1')}, ptr {address}, ptr {second}")
        volatile = "volatile " if self.random.random() < 0.08 else ""
        if self.random.random() < 0.5:
            self.put(type_, f"load {volatile}{type_}, ptr {address}")
        else:
            self.lines.append(f"  store {volatile}{type_} {self.want(type_)}, ptr {address}")

    def index(self, size):
        if self.random.random() < 0.3:
            return str(self.random.randrange(size))
        type_ = self.random.choice(["i8", "i16", "i32", "i64", "i64"])
        name = self.hidden(type_, f"and {type_} {self.want(type_)}, {size - 1}")
        return name if type_ == "i64" else self.hidden("i64", f"zext {type_} {name} to i64")

    def unaligned(self):
        """A wide access at any byte of the array of bytes."""
        type_ = self.random.choice(["i16", "i32", "i64", "float", "double", "half", "i24", "i48"])
        if "odd-memory" in self.module.without and type_ in ("i24", "i48"):
            type_ = "i32"
        address = self.hidden("ptr", f"getelementptr inbounds i8, ptr @bytes, i64 {self.index(32)}")
        if self.random.random() < 0.5 and type_ not in FLOATS:
            self.put(type_, f"load {type_}, ptr {address}, align 1")
        else:
            value = self.want(type_)
            if type_ in FLOATS:
                value = self.canonical(type_, value)
            self.lines.append(f"  store {type_} {value}, ptr {address}, align 1")

    def local_arrays(self):
        """Arrays in the frame, set to zero or copied from a global."""
        for number in range(self.random.choice([0, 0, 1, 1, 2, 3])):
            type_ = self.random.choice(["i8", "i16", "i32", "i64", "float", "double", "half"])
            size = self.random.choice([4, 8, 16, 32])
            if self.random.random() < 0.12:
                self.far_slot(number)
            name = f"%local{number}"
            self.entry.append(f"  {name} = alloca [{size} x {type_}], align {self.random.choice([8, 16, 16, 64])}")
            total = size * (BITS_OF_FLOAT.get(type_) or width(type_)) // 8
            self.module.declare("declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)")
            self.lines.append(f"  call void @llvm.memset.p0.i64(ptr {name}, i8 0, i64 {total}, i1 false)")
            sources = [array for array in self.module.arrays if array[1] == type_ and array[3] >= size]
            if sources and self.random.random() < 0.6:
                self.module.declare("declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)")
                self.lines.append(f"  call void @llvm.memcpy.p0.p0.i64(ptr align {8} {name}, ptr align 8 "
                                  f"{sources[0][0]}, i64 {total}, i1 false)")
            self.arrays.append((name, type_, None, size))

    def far_slot(self, number):
        """A slot so large that others are out of reach of a 12-bit offset."""
        size = self.random.choice([300, 2000, 300000])
        name = f"%far{number}"
        self.entry.append(f"  {name} = alloca [{size} x i64]")
        address = self.hidden("ptr", f"getelementptr inbounds i64, ptr {name}, i64 {size - 1}")
        self.lines.append(f"  store volatile i64 {self.want('i64')}, ptr {address}")
        self.put("i64", f"load volatile i64, ptr {address}")

    # -- control flow

    def region(self, budget):
        self.depth += 1
        for _ in range(budget):
            choice = self.random.random()
            if choice < 0.12:
                self.memory()
            elif choice < 0.16:
                self.call()
            elif choice < 0.23 and self.depth < 4:
                self.branch()
            elif choice < 0.27 and self.depth < 4 and self.weight < 200:
                self.loop()
            elif choice < 0.30 and self.depth < 4:
                self.switch()
            elif choice < 0.31 and self.depth < 4 and self.weight < 200:
                self.two_entries()
            else:
                self.operation()
        self.depth -= 1

    def merge(self, label, types, edges):
        """Starts a block with phis: edges are (from, values)."""
        self.start(label)
        for place, type_ in enumerate(types):
            self.put(type_, f"phi {type_} " + ", ".join(f"[ {values[place]}, %{source} ]" for source, values in edges))

    def branch(self):
        types = [self.some_type() for _ in range(self.random.randrange(4))]
        condition = self.want("i1")
        then, otherwise, end = self.label(), self.label(), self.label()
        triangle = self.random.random() < 0.4
        edges = []
        if triangle:
            edges.append((self.block, [self.want(type_) for type_ in types]))
            targets = [then, end]
            self.random.shuffle(targets)
            self.lines.append(f"  br i1 {condition}, label %{targets[0]}, label %{targets[1]}")
        else:
            self.lines.append(f"  br i1 {condition}, label %{then}, label %{otherwise}")
        mark = len(self.pool)
        for label in [then] if triangle else [then, otherwise]:
            self.start(label)
            self.region(self.random.randrange(6))
            edges.append((self.block, [self.want(type_) for type_ in types]))
            self.lines.append(f"  br label %{end}")
            del self.pool[mark:]
        self.merge(end, types, edges)

    def loop(self):
        """A loop with values carried around, perhaps exchanged, and perhaps a second way out."""
        types = [self.some_type() for _ in range(self.random.randrange(1, 5))]
        if self.random.random() < 0.5:
            types = [types[0]] * len(types)
        initial = [self.want(type_) for type_ in types]
        trips = self.random.randrange(1, 9)
        counter = self.random.choice(["i32", "i64", "i16"])
        limit = str(trips)
        if self.random.random() < 0.4:
            limit = self.hidden(counter, f"and {counter} {self.want(counter)}, 7")
            trips = 8
        head, end, before = self.label(), self.label(), self.block
        self.lines.append(f"  br label %{head}")
        self.start(head)
        index, following = self.fresh(), self.fresh()
        place = len(self.lines)
        self.lines.append("")
        carried = []
        for type_ in types:
            carried.append(self.fresh())
            self.pool.append((type_, carried[-1]))
        self.pool.append((counter, index))
        self.weight *= trips
        self.region(self.random.randrange(1, 8))
        edges = []
        if self.random.random() < 0.4:
            edges.append((self.block, [self.want(type_) for type_ in types]))
            condition, inside = self.want("i1"), self.label()
            self.lines.append(f"  br i1 {condition}, label %{end}, label %{inside}")
            mark = len(self.pool)
            self.start(inside)
            self.region(self.random.randrange(4))
        else:
            mark = None
        if self.random.random() < 0.4 and len(set(types)) == 1:
            after = carried[1:] + carried[:1]
        else:
            after = [self.want(type_) for type_ in types]
        self.lines.append(f"  {following} = add {counter} {index}, 1")
        again = self.hidden("i1", f"icmp ult {counter} {following}, {limit}")
        edges.append((self.block, after))
        phis = [f"  {index} = phi {counter} [ 0, %{before} ], [ {following}, %{self.block} ]"]
        phis += [f"  {name} = phi {type_} [ {first}, %{before} ], [ {later}, %{self.block} ]"
                 for type_, name, first, later in zip(types, carried, initial, after)]
        self.lines[place] = "\n".join(phis)
        if self.random.random() < 0.5:
            self.lines.append(f"  br i1 {again}, label %{head}, label %{end}")
        else:
            inverted = self.hidden("i1", f"xor i1 {again}, true")
            self.lines.append(f"  br i1 {inverted}, label %{end}, label %{head}")
        self.weight //= trips
        if mark is not None:
            del self.pool[mark:]
        self.merge(end, types, edges)

    def switch(self):
        types = [self.some_type() for _ in range(self.random.randrange(3))]
        type_ = self.random.choice(["i32", "i32", "i64", "i8", "i16", "i13", "i33"])
        value, values = self.switch_cases(type_)
        end = self.label()
        blocks = [self.label() for _ in range(max(1, len(values) // 2))]
        direct = [self.want(kind) for kind in types]
        edges, cases, source = [], [], self.block
        for number in values:
            target = self.random.choice(blocks + [end])
            if target == end:
                edges.append((source, direct))
            cases.append(f"    {type_} {number}, label %{target}")
        default = self.random.choice([end, blocks[0]])
        if default == end:
            edges.append((source, direct))
        self.lines += [f"  switch {type_} {value}, label %{default} [", *cases, "  ]"]
        mark = len(self.pool)
        for number, block in enumerate(blocks):
            self.start(block)
            self.region(self.random.randrange(4))
            if number + 1 < len(blocks) and self.random.random() < 0.25:
                self.lines.append(f"  br label %{blocks[number + 1]}")
            else:
                edges.append((self.block, [self.want(kind) for kind in types]))
                self.lines.append(f"  br label %{end}")
            del self.pool[mark:]
        self.merge(end, types, edges)

    def switch_cases(self, type_):
        """What is switched on, and its cases: dense ones or a few anywhere."""
        value = self.want(type_)
        if self.random.random() < 0.6:
            count = self.random.choice([3, 4, 8, 15])
            value = self.hidden(type_, f"and {type_} {value}, {self.random.choice([3, 7, 15])}")
            base = self.random.choice([0, 0, 1, -3])
            values = [base + number for number in range(count)]
            self.random.shuffle(values)
            return value, values
        values = {int(self.constant(type_)) for _ in range(self.random.randrange(1, 12))}
        return value, sorted(values)

    def two_entries(self):
        """A loop that can be entered at two places."""
        type_ = self.some_type()
        first, second = self.want(type_), self.want(type_)
        left, right, end, before = self.label(), self.label(), self.label(), self.block
        self.lines.append(f"  br i1 {self.want('i1')}, label %{left}, label %{right}")
        mark = len(self.pool)
        names = {label: (self.fresh(), self.fresh(), self.fresh()) for label in (left, right)}
        places, ends = {}, {}
        self.weight *= 6
        for label, other in ((left, right), (right, left)):
            count, value, following = names[label]
            self.start(label)
            places[label] = len(self.lines)
            self.lines.append("")
            self.pool.append((type_, value))
            self.region(self.random.randrange(1, 4))
            self.lines.append(f"  {following} = add i32 {count}, 1")
            again = self.hidden("i1", f"icmp ult i32 {following}, 5")
            ends[label] = (self.block, self.want(type_))
            self.lines.append(f"  br i1 {again}, label %{other}, label %{end}")
            del self.pool[mark:]
        self.weight //= 6
        for label, other, start in ((left, right, first), (right, left, second)):
            count, value, _ = names[label]
            block, after = ends[other]
            self.lines[places[label]] = (f"  {count} = phi i32 [ 0, %{before} ], [ {names[other][2]}, %{block} ]\n"
                                         f"  {value} = phi {type_} [ {start}, %{before} ], [ {after}, %{block} ]")
        self.merge(end, [type_], [(block, [after]) for block, after in ends.values()])

    # -- calls

    def call(self):
        callees = [callee for callee in self.module.callees
                   if self.cost + self.weight * callee.cost < MAX_COST]
        if not callees:
            self.operation()
            return
        callee = self.random.choice(callees)
        self.cost += self.weight * callee.cost
        arguments = ", ".join(f"{type_} {self.want(plain(type_))}" for type_ in callee.params)
        target = callee.name
        if callee.table:
            slot = self.hidden("ptr", f"getelementptr inbounds ptr, ptr {callee.table}, i64 {self.index(4)}")
            target = self.hidden("ptr", f"load ptr, ptr {slot}")
        if callee.result == "void":
            self.lines.append(f"  call void {target}({arguments})")
        elif isinstance(callee.result, str):
            self.put(plain(callee.result), f"call {callee.result} {target}({arguments})")
        else:
            text = callee.result_text()
            pair = self.hidden("", f"call {text} {target}({arguments})")
            for place, type_ in enumerate(callee.result):
                self.put(type_, f"extractvalue {text} {pair}, {place}")

    # -- the whole

    def text(self, budget, attributes):
        for number, type_ in enumerate(self.params):
            self.pool.append((plain(type_), f"%p{number}"))
        self.local_arrays()
        self.region(budget)
        checksum = self.checksum()
        old = self.hidden("i64", "load i64, ptr @sink")
        self.lines.append(f"  store i64 {self.hidden('i64', f'xor i64 {old}, {checksum}')}, ptr @sink")
        self.finish(checksum)
        params = ", ".join(f"{type_} %p{number}" for number, type_ in enumerate(self.params))
        result = Callee("", self.result, [], 0).result_text()
        inlining = self.random.choice(["noinline ", ""])
        return "\n".join([f"define {attributes}{result} {self.name}({params}) {inlining}{{",
                          "entry:", *self.entry, *self.lines, "}", ""])

    def checksum(self):
        """Of all values that are still there, which keeps them live to here."""
        total = "0"
        for type_, name in self.pool[-120:]:
            value = self.to_i64(type_, name)
            product = self.hidden("i64", f"mul i64 {total}, 31")
            total = self.hidden("i64", f"{self.random.choice(['add', 'xor', 'sub'])} i64 {product}, {value}")
        return total

    def finish(self, checksum):
        self.pool.append(("i64", checksum))
        if self.result == "void":
            self.lines.append("  ret void")
        elif isinstance(self.result, str):
            type_ = plain(self.result)
            self.lines.append(f"  ret {type_} {self.want(type_)}")
        else:
            text = "{ " + ", ".join(self.result) + " }"
            values = [self.want(type_) for type_ in self.result]
            first = self.hidden("", f"insertvalue {text} zeroinitializer, {self.result[0]} {values[0]}, 0")
            second = self.hidden("", f"insertvalue {text} {first}, {self.result[1]} {values[1]}, 1")
            if "aggregate" not in self.module.without and self.random.random() < 0.4:
                second = self.hidden("", f"select i1 {self.want('i1')}, {text} {first}, {text} {second}")
            self.lines.append(f"  ret {text} {second}")


def plain(type_):
    """A parameter's or result's type without attributes."""
    return next(word for word in type_.split() if word not in ("signext", "zeroext"))


def float_text(type_, value):
    if type_ == "half":
        return "0xH%04X" % struct.unpack("<H", struct.pack("<e", value))[0]
    return "0x%016X" % struct.unpack("<Q", struct.pack("<d", value))[0]


def float_limits(type_, bits, signed):
    """The least and the greatest number of the type that the integer type can hold (rounded towards zero)."""
    top = bits - 1 if signed else bits
    precision = FLOATS[type_]
    high = (1 << top) - (1 << (top - precision)) if top > precision else (1 << top) - 1
    low = -(1 << top) if signed else 0
    if type_ == "half":
        high, low = min(high, 65504), max(low, -65504)
    return float_text(type_, float(low)), float_text(type_, float(high))
