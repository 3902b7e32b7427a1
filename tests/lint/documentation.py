"""documentation.py ROOT TOOLS: the documents name what there is. Every relative link leads to a file, and to a heading of it;
docs/compiler.md has a heading for every pass of target/passes.def, in its order; every option of a tool is in the tool's
page, and every command line of a tool in any document has options of that tool only."""
import os
import re
import subprocess
import sys

PAGES = {
    "kiln-as": "docs/assembler.md",
    "kiln-ld": "docs/linker.md",
    "kiln-llc": "docs/compiler.md",
    "kiln-objdump": "docs/objdump.md",
    "kiln-sim": "docs/simulator.md",
}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`[^`\n]*`")


def documents(root):
    """Paths of all documents below ROOT, relative to it, without those of builds."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "build" and not name.startswith("."))
        found += [os.path.relpath(os.path.join(folder, name), root) for name in names if name.endswith(".md")]
    return sorted(found)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def slugs(text):
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ +(.*)$", FENCE.sub("", text), re.MULTILINE)
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower() for heading in headings]
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def check_links(root):
    problems = []
    for document in documents(root):
        for target in LINK.findall(SPAN.sub("", FENCE.sub("", read(root, document)))):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            place = os.path.normpath(os.path.join(os.path.dirname(document), path)) if path else document
            if not os.path.exists(os.path.join(root, place)):
                problems.append(f"{document}: the link {target} leads nowhere")
            elif anchor and anchor not in slugs(read(root, place)):
                problems.append(f"{document}: {place} has no heading #{anchor}")
    return problems


def check_passes(root):
    passes = re.findall(r'^PASS\("([^"]+)"', read(root, "target/passes.def"), re.MULTILINE)
    headings = re.findall(r"^#+ (.*)$", read(root, PAGES["kiln-llc"]), re.MULTILINE)
    named = [name for heading in headings for name in re.findall(r"[\w-]+", re.sub(r"\(.*?\)", "", heading)) if name in passes]
    problems = [f"docs/compiler.md: no heading names the pass {name}" for name in passes if name not in named]
    if not problems and named != passes:
        problems.append(f"docs/compiler.md: the headings' order is not that of passes.def: {' '.join(named)}")
    return problems


def options(help_text):
    """The options of a --help text: name to whether a value may stand right behind it, as in -O2."""
    found = re.findall(r"^  -(?:([A-Za-z])(?=[A-Z]{2})|([\w-]+))", help_text, re.MULTILINE)
    return {prefix or name: bool(prefix) for prefix, name in found if name not in ("help", "version")}


def check_options(root, helps):
    problems = []
    for tool, help_text in helps.items():
        text = read(root, PAGES[tool])
        for name in sorted(options(help_text)):
            if not re.search(rf"(?<![\w-])--?{re.escape(name)}(?![a-z-])", text):
                problems.append(f"{PAGES[tool]}: the option -{name} of {tool} is not there")
    return problems


def known(word, table):
    """Is WORD, an argument without its dashes, an option, one with its value behind it, or flags that stand together?"""
    name = word.split("=")[0]
    together = len(name) < 4 and all(letter in table for letter in name)
    return name in table or name in ("help", "version") or table.get(name[0], False) or together


def check_command_lines(root, helps):
    """Options in the command lines of the documents, which are what begins with the name of a tool."""
    problems = []
    tables = {tool: options(text) for tool, text in helps.items()}
    for document in documents(root):
        text = read(root, document)
        blocks = [block.replace("\\\n", " ") for block in FENCE.findall(text)]
        lines = [line for block in blocks for line in block.splitlines()] + [span[1:-1] for span in SPAN.findall(FENCE.sub("", text))]
        for line in lines:
            for command in re.split(r"&&|\s\|\s|;|\$\(", line):
                words = re.split(r"[\s|\[\]]+", command.strip(" `"))
                tool = os.path.basename(words[0])
                for word in words[1:] if tool in tables else []:
                    if re.match(r"--?[A-Za-z]", word) and not known(word.lstrip("-"), tables[tool]):
                        problems.append(f"{document}: {tool} has no option {word}")
    return problems


def check(root, helps):
    return check_links(root) + check_passes(root) + check_options(root, helps) + check_command_lines(root, helps)


def main():
    root, tools = sys.argv[1:]
    helps = {tool: subprocess.run([os.path.join(tools, tool), "--help"], capture_output=True, text=True, check=True).stdout
             for tool in PAGES}
    problems = check(root, helps)
    print("\n".join(problems))
    print(f"{len(documents(root))} documents, {sum(map(len, map(options, helps.values())))} options, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
