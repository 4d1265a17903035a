#!/usr/bin/env python3
"""Checks an evidence pack: that a decision stands in the ledger as it is shown here, and what it rests on.

    python3 verify.py FOLDER...                          each folder is a pack
    python3 verify.py FOLDER --key 'NAME+ID+KEY'         with the key that you keep, instead of trusting the pack's
    python3 verify.py FOLDER --checkpoint FILE           and that the ledger still holds what you saw in FILE
    python3 verify.py FOLDER --witness 'NAME+ID+KEY'     and that this witness has cosigned

Needs Python 3.8 or later and nothing else: no package, no network, no part of the program that made the pack. It prints
a line for each check and a verdict for each pack. Exit code: 0 every pack holds, 1 one does not, 2 wrong usage.
Formats: RFC 6962 (tree), C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof, tlog-witness (texts),
RFC 8032 (Ed25519), FIPS 186-5 (ECDSA over P-256).
"""
import argparse
import base64
import functools
import hashlib
import json
import os
import re
import sys


class Wrong(Exception):
    """What does not hold, in words."""


def demand(holds, words):
    if not holds:
        raise Wrong(words)


def sha256(data):
    return hashlib.sha256(data).digest()


def of_base64(text):
    data = base64.b64decode(text, validate=True)
    demand(base64.b64encode(data).decode() == text, "this is not exactly base64: " + text)
    return data


# --- Ed25519 (RFC 8032): points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def ed_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def ed_point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    demand(y < P, "the key is no point of the curve")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    demand((x * x - square) % P == 0 and (x or not sign), "the key is no point of the curve")
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


ED_BASE = ed_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verifies(key, message, signature):
    demand(len(key) == 32, "an Ed25519 key has 32 bytes")
    if len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    x, y, z, t = ed_point(key)
    minus_key = (P - x, y, z, P - t)
    both = ed_add(ED_BASE, minus_key)
    sum_ = (0, 1, 1, 0)  # becomes s * base - k * key, which has to be the signature's first half
    for bit in range(max(s.bit_length(), k.bit_length()) - 1, -1, -1):
        sum_ = ed_add(sum_, sum_)
        chosen = (s >> bit & 1) + 2 * (k >> bit & 1)
        if chosen:
            sum_ = ed_add(sum_, (None, ED_BASE, minus_key, both)[chosen])
    inverse = pow(sum_[2], P - 2, P)
    x, y = sum_[0] * inverse % P, sum_[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# --- ECDSA over P-256 with SHA-256 (FIPS 186-5): points are (x, y), or None at infinity
Q = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
EC_BASE = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
           0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
EC_KEY_BEGINS = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")


def ec_add(p, q):
    if p is None or q is None:
        return q if p is None else p
    if p[0] == q[0] and (p[1] + q[1]) % Q == 0:
        return None
    if p == q:
        slope = (3 * p[0] * p[0] - 3) * pow(2 * p[1], -1, Q)
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, Q)
    x = (slope * slope - p[0] - q[0]) % Q
    return (x, (slope * (p[0] - x) - p[1]) % Q)


def der_numbers(data):
    """r and s of SEQUENCE { INTEGER r, INTEGER s }, in their only encoding."""
    def number(value):
        raw = value.to_bytes(value.bit_length() // 8 + 1, "big")
        return b"\x02" + bytes([len(raw)]) + raw
    try:
        length = data[3]
        r, s = int.from_bytes(data[4:4 + length], "big"), int.from_bytes(data[6 + length:], "big")
    except IndexError:
        return None
    both = number(r) + number(s)
    return (r, s) if len(both) < 128 and data == b"\x30" + bytes([len(both)]) + both else None


def p256_verifies(key, message, signature):
    demand(len(key) == 91 and key.startswith(EC_KEY_BEGINS), "this is no key of P-256")
    x, y = int.from_bytes(key[27:59], "big"), int.from_bytes(key[59:], "big")
    demand(x < Q and y < Q and (y * y - x * x * x + 3 * x - B) % Q == 0, "the key is no point of the curve")
    numbers = der_numbers(signature)
    if numbers is None or not all(0 < number < N for number in numbers):
        return False
    r, s = numbers
    inverse = pow(s, -1, N)
    u, v = int.from_bytes(sha256(message), "big") * inverse % N, r * inverse % N
    both = ec_add(EC_BASE, (x, y))
    sum_ = None
    for bit in range(255, -1, -1):
        sum_ = ec_add(sum_, sum_)
        sum_ = ec_add(sum_, (None, EC_BASE, (x, y), both)[(u >> bit & 1) + 2 * (v >> bit & 1)])
    return sum_ is not None and sum_[0] % N == r


# --- keys, notes, checkpoints
class Key:
    """NAME+ID+BASE64 of signed-note. Types: 1 Ed25519, 2 ECDSA, 4 a witness's Ed25519."""

    def __init__(self, text):
        match = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+(\S+)", text)
        demand(match, "this is no verifier key (NAME+ID+KEY): " + text)
        data = of_base64(match[3])
        self.text, self.name, self.type, self.key = text, match[1], data[0], data[1:]
        demand(self.type in (1, 2, 4), "the key is of type %d, which this program does not know" % self.type)
        self.id = sha256(self.key if self.type == 2 else self.name.encode() + b"\n" + data)[:4]
        demand(self.id.hex() == match[2], "the key's id is not its own: " + text)

    @functools.lru_cache(maxsize=None)
    def verifies(self, text, signature):
        if self.type == 2:
            return p256_verifies(self.key, text, signature)
        if self.type == 4:
            at = int.from_bytes(signature[:8], "big")
            demand(at < 2**63, "a cosignature has no such time")
            text, signature = b"cosignature/v1\ntime %d\n" % at + text, signature[8:]
        return ed25519_verifies(self.key, text, signature)


class Checkpoint:
    """A signed note (signed-note) whose text is a checkpoint (tlog-checkpoint)."""

    def __init__(self, data):
        written = data.decode("utf-8")
        end = written.rfind("\n\n")
        match = re.fullmatch(r"([^\n]+)\n(0|[1-9][0-9]*)\n([^\n]+)\n", written[:end + 1])
        plain = all(c >= " " or c == "\n" for c in written)
        demand(end > 0 and match and plain and written.endswith("\n"), "this is no signed checkpoint")
        self.text, self.origin, self.size, self.root = match[0].encode(), match[1], int(match[2]), of_base64(match[3])
        self.signatures = []
        for line in written[end + 2:-1].split("\n"):
            match = re.fullmatch("\u2014 ([^+\\s]+) (\\S+)", line)
            demand(match, "this is no line with a signature: " + line)
            self.signatures.append((match[1], of_base64(match[2])))

    def of(self, key):
        return [data[4:] for name, data in self.signatures if name == key.name and data[:4] == key.id]

    def check(self, key):
        demand(self.of(key), "the checkpoint is not signed by " + key.name)
        demand(all(key.verifies(self.text, one) for one in self.of(key)), "the signature of " + key.name + " is wrong")


# --- the tree (RFC 6962; how to check is RFC 9162, 2.1.3.2 and 2.1.4.2)
def climb(node, last, reached, proof):
    """Follows the proof upwards. The last of the hashes `reached` takes all of it, the others what is to the left."""
    for other in proof:
        demand(last > 0, "the proof is too long")
        left = node & 1 or node == last
        while left and not node & 1 and node:
            node, last = node >> 1, last >> 1
        join = (lambda h: sha256(b"\1" + other + h)) if left else (lambda h: sha256(b"\1" + h + other))
        reached = [join(h) if left or i == len(reached) - 1 else h for i, h in enumerate(reached)]
        node, last = node >> 1, last >> 1
    demand(last == 0, "the proof is too short")
    return reached


def check_inclusion(body, index, path, checkpoint):
    demand(index < checkpoint.size, "the checkpoint is older than the entry")
    root = climb(index, checkpoint.size - 1, [sha256(b"\0" + body)], path)[0]
    demand(root == checkpoint.root, "the entry does not lead to the root: it was changed, or never stood there")


def check_consistency(old, new, proof):
    node, last = old.size - 1, new.size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    proof = [old.root] + proof if old.size & (old.size - 1) == 0 else proof
    demand(proof, "the proof is too short")
    roots = climb(node, last, [proof[0], proof[0]], proof[1:])
    demand(roots == [old.root, new.root], "the ledger is not what it was at %d entries" % old.size)


def proof_lines(data, head):
    """The number and the hashes before the blank line, and the checkpoint after it."""
    match = re.fullmatch(head + r" (0|[1-9][0-9]*)\n((?:[^\n]+\n)*)\n(.*)", data.decode("utf-8"), re.DOTALL)
    demand(match, "this is no proof")
    hashes = [of_base64(line) for line in match[2].split("\n")[:-1]]
    demand(all(len(one) == 32 for one in hashes), "a hash in the proof is not 32 bytes")
    return int(match[1]), hashes, Checkpoint(match[3].encode())


def read_json(data):
    def once(pairs):
        demand(len(dict(pairs)) == len(pairs), "a key stands twice")
        return dict(pairs)
    found = json.loads(data.decode("utf-8"), object_pairs_hook=once)
    demand(isinstance(found, dict), "this is no JSON object")
    return found


# --- the pack
def rules_path(path):
    """Where a pack keeps a text of the rules: below rules/, whatever its path in the workspace was."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    return "/".join(["rules"] + ["%2E%2E" if part == ".." else part.replace("%", "%25") for part in parts])


class Pack:
    def __init__(self, folder, options):
        self.folder, self.options, self.failed, self.unread = folder, options, 0, set()
        self.files, self.manifest, self.entries = {}, {}, {}
        self.decision, self.checkpoint, self.key = {}, None, None

    def say(self, kind, words):
        print("%-4s  %s" % (kind, "".join(c if c.isprintable() else "?" for c in words)))

    def check(self, words, act):
        """One line: what was checked, or what does not hold."""
        try:
            act()
            self.say("ok", words)
        except Exception as error:  # whatever a damaged file brings about is a check that failed, never one skipped
            self.failed += 1
            self.say("FAIL", "%s: %s" % (words, error if isinstance(error, (Wrong, OSError)) else repr(error)))

    def bytes(self, path):
        demand(path in self.files, "the file %s is not in the pack" % path)
        self.unread.discard(path)
        return self.files[path]

    def read_files(self):
        for at, folders, names in os.walk(self.folder):
            for name in folders + names:
                path = os.path.join(at, name)
                demand(not os.path.islink(path), "a link may lead out of the pack: " + path)
            for name in names:
                path = os.path.join(at, name)
                demand(os.path.isfile(path), "this is no plain file: " + path)
                with open(path, "rb") as file:
                    self.files[os.path.relpath(path, self.folder).replace(os.sep, "/")] = file.read()
        data = self.bytes("manifest.json")
        self.manifest = read_json(data)["files"]
        written = json.dumps({"files": self.manifest}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        demand(written.encode() == data, "manifest.json is not written as the program writes it")
        others = set(self.manifest) ^ (set(self.files) - {"manifest.json"})
        demand(not others, "only on one side: " + ", ".join(sorted(others)))

    def check_names(self):
        """A file that nothing here looks at could say anything, and seem to be proved with the rest."""
        own = {"README.txt", "verify.py", "manifest.json", "key.txt", "checkpoint.txt", "consistency.txt",
               "decision.json", "proof.txt", "submission", "evidence/rows.jsonl"}
        more = [path for path in self.files if path not in own and not path.startswith(("entries/", "rules/"))]
        demand(not more, "of no pack: " + ", ".join(sorted(more)))

    def check_file(self, path):
        demand(sha256(self.bytes(path)).hex() == self.manifest.get(path), "its SHA-256 is another")

    def read_key(self):
        text = self.bytes("key.txt").decode("utf-8")
        demand(text.endswith("\n"), "the line has no end")
        self.key = Key(text[:-1])
        pinned = self.options.key
        demand(pinned is None or pinned == self.key.text, "the pack's key is not the one that you keep")

    def read_checkpoint(self):
        self.checkpoint = Checkpoint(self.bytes("checkpoint.txt"))
        self.checkpoint.check(self.key)

    def check_entry(self, body_path, proof_path, kind=None, seq=None):
        body = self.bytes(body_path)
        index, path, checkpoint = proof_lines(self.bytes(proof_path), "c2sp\\.org/tlog-proof@v1\nindex")
        checkpoint.check(self.key)
        demand(checkpoint.text == self.checkpoint.text, "the proof is for another checkpoint than checkpoint.txt")
        check_inclusion(body, index, path, checkpoint)
        found = read_json(body)
        demand(found["seq"] == index and seq in (None, index), "the entry's number is not its place in the ledger")
        demand(kind in (None, found["kind"]), "the entry is no %s" % kind)
        return index, found

    def read_decision(self):
        self.decision = self.check_entry("decision.json", "proof.txt", "decision")[1]

    def read_entry(self, seq):
        self.entries[seq] = self.check_entry("entries/%d.json" % seq, "entries/%d.proof" % seq, None, seq)[1]

    def check_named(self):
        named = [self.decision["rule"]] + self.decision.get("read", []) + self.decision.get("from_ledger", [])
        missing = [str(seq) for seq in named if seq not in self.entries]
        demand(not missing, "not in the pack: " + ", ".join(missing))

    def afterwards(self):
        """Entries about this decision that came after it, in their order."""
        def about(entry):
            if entry["kind"] in ("override", "appeal", "correction"):
                return entry["concerns"] == self.decision["seq"]
            return entry["kind"] == "waiver" and any(
                key in entry and entry[key] == self.decision.get(key) for key in ("submission", "subject"))
        later = [entry for seq, entry in sorted(self.entries.items()) if seq > self.decision["seq"]]
        return [entry for entry in later if about(entry)]

    def say_afterwards(self):
        words = {"override": "overrides this decision: outcome %s", "appeal": "appeals this decision",
                 "correction": "says that this decision rests on wrong facts", "waiver": "grants the waiver %s"}
        for entry in self.afterwards():
            said = words[entry["kind"]]
            said = said % entry.get("outcome", entry.get("waiver", "?")) if "%s" in said else said
            who = [entry.get(key, "?") for key in ("who", "authority", "reason")]
            self.say("since", "entry %d %s, by %s (%s): %s" % (entry["seq"], said, *who))
        self.say("note", "a pack cannot show that nothing more was recorded about the decision since: ask the office")

    def check_submission(self):
        received = sha256(self.bytes("submission")).hex()
        demand(received == self.decision["received"]["sha256"], "its SHA-256 is not the one in the decision")

    def check_rules(self):
        rule = self.entries.get(self.decision["rule"])
        demand(rule, "the entry of the rules, %s, is not in the pack" % self.decision["rule"])
        demand(rule["kind"] == "rule", "entry %d is no rule" % rule["seq"])
        named = {(rules_path(file["path"]), file["sha256"]) for file in rule["files"]}
        held = {(path, sha256(self.bytes(path)).hex()) for path in list(self.files) if path.startswith("rules/")}
        demand(held <= named, "a file in rules/ is not the one that was in force")
        demand(named <= held, "a text that was in force is not in rules/")

    def check_evidence(self):
        for source, seq in self.decision.get("evidence", {}).items():
            entry = self.entries.get(seq)
            demand(entry, "the entry of the release used for %s, %s, is not in the pack" % (source, seq))
            demand(entry["kind"] == "evidence", "entry %d is no release of evidence" % entry["seq"])
            demand(entry["key"] == source, "entry %d is a release of %s, not of %s" % (seq, entry["key"], source))
            demand(seq in self.decision["read"], "entry %d is not among those that were read" % seq)
        for seq in [self.decision["rule"]] + self.decision.get("read", []) + self.decision.get("from_ledger", []):
            demand(seq < self.decision["seq"], "it rests on entry %d, which came after it" % seq)

    def check_kept(self):
        with open(self.options.checkpoint, "rb") as file:
            kept = Checkpoint(file.read())
        kept.check(self.key)
        demand(kept.origin == self.checkpoint.origin, "your checkpoint is of another ledger, " + kept.origin)
        if kept.size == self.checkpoint.size:
            demand(kept.root == self.checkpoint.root, "the ledger is not what it was at %d entries" % kept.size)
            return
        demand(kept.size < self.checkpoint.size, "the pack is older than your checkpoint: ask for a new pack")
        demand("consistency.txt" in self.files, "there is no consistency.txt: ask for a pack made with your checkpoint")
        old_size, proof, new = proof_lines(self.bytes("consistency.txt"), "old")
        demand(old_size == kept.size and new.text == self.checkpoint.text, "consistency.txt is for other checkpoints")
        if kept.size:
            check_consistency(kept, self.checkpoint, proof)

    def check_all(self):
        self.say("", "pack " + self.folder)
        self.check("the pack has the files that manifest.json names and no others", self.read_files)
        self.check("each of them is a file that a pack has", self.check_names)
        for path in sorted(set(self.files) - {"manifest.json"}):
            self.check("%s is as manifest.json says" % path, lambda: self.check_file(path))
        self.unread = {path for path in self.files if path.startswith("entries/")}
        key_check = "is the one that you keep" if self.options.key else "can be read"
        self.check("the key of key.txt " + key_check, self.read_key)
        self.check("the checkpoint is signed by that key", self.read_checkpoint)
        self.check("the decision stands in the ledger under the checkpoint", self.read_decision)
        for path in sorted(self.unread):
            match = re.fullmatch(r"entries/(0|[1-9][0-9]*)\.json", path)
            if match:
                self.check("entry %s stands in the ledger under the checkpoint" % match[1],
                           lambda: self.read_entry(int(match[1])))
        self.check("every file in entries/ belongs to an entry",
                   lambda: demand(not self.unread, ", ".join(sorted(self.unread))))
        self.check("every entry that the decision names is in entries/", self.check_named)
        self.check("the submission is the one that was decided", self.check_submission)
        self.check("the texts in rules/ are the ones that were in force", self.check_rules)
        self.check("the evidence entries are of the releases that were used", self.check_evidence)
        for witness in self.options.witness:
            self.check("the witness %s has cosigned" % witness.name, lambda: self.checkpoint.check(witness))
        if self.options.checkpoint:
            self.check("the ledger only adds to your checkpoint", self.check_kept)
        self.say_notes()
        self.check("what was recorded about the decision since can be read", self.say_afterwards)
        return self.failed == 0

    def say_notes(self):
        """What was not checked, and why: nothing is passed over in silence."""
        if not self.options.key and self.key:
            self.say("note", "the key is the pack's own: compare it with the one that is published: " + self.key.text)
        if not self.options.checkpoint:
            self.say("note", "without --checkpoint nobody can tell whether this is the ledger that others saw")
        checked = {(key.name, key.id) for key in [self.key] + self.options.witness if key}
        for name, data in self.checkpoint.signatures if self.checkpoint else []:
            if (name, data[:4]) not in checked:
                self.say("note", "a signature of %s was not checked: give its key with --witness" % name)
        self.say("note", "README.txt and verify.py are not proved: take verify.py from the program's own source")
        for path in sorted(self.files):
            if path.startswith("evidence/"):
                entries = [str(seq) for seq, entry in sorted(self.entries.items()) if entry["kind"] == "evidence"]
                self.say("note", "%s is an extract and not proved: compare it with the released files, whose SHA-256 "
                         "stand in entries %s" % (path, ", ".join(entries)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="a pack; without one, the folder of this program")
    parser.add_argument("--key", metavar="KEY", help="the ledger's verifier key, as you keep it")
    parser.add_argument("--checkpoint", metavar="FILE", help="a signed checkpoint, as you keep it")
    parser.add_argument("--witness", metavar="KEY", action="append", default=[], help="a witness's verifier key")
    options = parser.parse_args()
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        options.key = Key(options.key).text if options.key else None
        options.witness = [Key(text) for text in options.witness]
    except (Wrong, ValueError, IndexError) as error:
        parser.error(str(error))
    all_hold = True
    for folder in options.folders or [os.path.dirname(os.path.abspath(__file__))]:
        pack = Pack(folder, options)
        holds = pack.check_all()
        all_hold = all_hold and holds
        if holds:
            about = [str(pack.decision.get(key, "?")) for key in ("seq", "at", "submission", "outcome")]
            overrides = [entry for entry in pack.afterwards() if entry["kind"] == "override"]
            since = ", OVERRIDDEN by entry %s: %s" % (overrides[-1]["seq"], overrides[-1]["outcome"]) if overrides else ""
            pack.say("HOLDS", "%s: entry %s of %s: submission %s: %s%s" % (folder, *about, since))
        else:
            pack.say("DOES NOT HOLD", "%s: checks that failed: %d" % (folder, pack.failed))
    return 0 if all_hold else 1


if __name__ == "__main__":
    sys.exit(main())
