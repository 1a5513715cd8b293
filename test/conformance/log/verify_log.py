#!/usr/bin/env python3
"""Verify a published Parvis log, written from docs/log.md alone, with nothing but Python's library.

usage: verify_log.py FOLDER [VERIFIER-KEY] [--checkpoint FILE]... [--witness KEY[@URL]]...

It shares no code with Parvis: it is what a stranger needs to check us. It reads a folder written by
`parvis export` or mirrored from /log/, and ends with 0 when everything holds.
"""
import base64
import hashlib
import json
import pathlib
import struct
import sys
import urllib.request

# Ed25519 verification (RFC 8032, section 5.1.7 and appendix A).
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def mul(n, a):
    out = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = add(out, a)
        a, n = add(a, a), n >> 1
    return out


def point(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - x2) % P or y >= P:
        raise ValueError("not a point")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = point(BASE_Y.to_bytes(32, "little"))


def signed(public, message, signature):
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    a, b = mul(s, BASE), add(point(signature[:32]), mul(h, point(public)))
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


# RFC 6962 §2.1.
def sha(data):
    return hashlib.sha256(data).digest()


def root(hashes):
    if not hashes:
        return sha(b"")
    stack = []  # (height, hash) of perfect subtrees
    for h in hashes:
        height = 0
        while stack and stack[-1][0] == height:
            h, height = sha(b"\x01" + stack.pop()[1] + h), height + 1
        stack.append((height, h))
    h = stack.pop()[1]
    while stack:
        h = sha(b"\x01" + stack.pop()[1] + h)
    return h


# c2sp.org/tlog-tiles.
def name(index, width):
    digits, parts = index, ["%03d" % (index % 1000)]
    while digits >= 1000:
        digits //= 1000
        parts.insert(0, "x%03d" % (digits % 1000))
    return "/".join(parts) + ("" if width == 256 else ".p/%d" % width)


def entries(folder, size):
    for index in range(0, (size + 255) // 256):
        width = min(256, size - index * 256)
        raw, at = (folder / "tile/entries" / name(index, width)).read_bytes(), 0
        for _ in range(width):
            (n,) = struct.unpack_from(">H", raw, at)
            yield raw[at + 2:at + 2 + n]
            at += 2 + n
        check(at == len(raw), "bundle %d is longer than its entries" % index)


def tiles(folder, hashes):
    level = 0
    while hashes:
        for index in range(0, (len(hashes) + 255) // 256):
            row = hashes[index * 256:index * 256 + 256]
            served = (folder / "tile" / str(level) / name(index, len(row))).read_bytes()
            check(served == b"".join(row), "tile %d/%d is not what the leaves give" % (level, index))
        full = len(hashes) // 256
        hashes = [root(hashes[i * 256:i * 256 + 256]) for i in range(full)]
        level += 1


# docs/log.md.
def openings(folder, size):
    for index in range(0, (size + 255) // 256):
        width = min(256, size - index * 256)
        for line in (folder / "payload" / name(index, width)).read_text("utf-8").splitlines():
            yield json.loads(line)


def salted(nonce, text):
    return hashlib.sha256(bytes.fromhex(nonce) + text.encode()).hexdigest()


def check(holds, problem):
    if not holds:
        sys.exit("refused: " + problem)


def split(note):
    text, _, signatures = note.partition("\n\n")
    lines = [line.split(" ") for line in signatures.splitlines()]
    return text + "\n", [(who, base64.b64decode(raw)) for dash, who, raw in lines if dash == "\u2014"]


def signed_by(vkey, note, cosigned=False):
    """Whether the key signed a note: as the log does, or as a witness does (cosignature/v1)."""
    name, _, public = vkey.split("+", 2)
    public = base64.b64decode(public)
    check(public[0] == (4 if cosigned else 1), "not an Ed25519 key")
    want = sha(name.encode() + b"\n" + public)[:4]
    text, signatures = split(note)
    for who, raw in signatures:
        if who != name or raw[:4] != want:
            continue
        if not cosigned:
            return signed(public[1:], text.encode(), raw[4:])
        time = int.from_bytes(raw[4:12], "big")
        return signed(public[1:], b"cosignature/v1\ntime %d\n" % time + text.encode(), raw[12:])
    return False


def checkpoint(note):
    origin, size, want = split(note)[0].split("\n")[:3]
    return origin, int(size), base64.b64decode(want)


def continues(hashes, size, want, what):
    check(size <= len(hashes), "the log is shorter than " + what)
    check(root(hashes[:size]) == want, "what was signed was rewritten: " + what)


def evidence(note, keys, hashes, kept, witnesses):
    """Old checkpoints must be continued; witnesses must have cosigned, and know nothing else when asked."""
    origin = checkpoint(note)[0]
    for old in kept:
        check(any(signed_by(k, old) for k in keys), "no key of the log signed the old checkpoint")
        check(checkpoint(old)[0] == origin, "the old checkpoint is of another log")
        continues(hashes, *checkpoint(old)[1:], "the old checkpoint")
    for witness in witnesses:
        key, _, address = witness.partition("@http")
        check(signed_by(key, note, cosigned=True), "the witness did not cosign")
        if address:
            url = "http%s/%s/checkpoint" % (address.rstrip("/"), sha(origin.encode()).hex())
            seen = urllib.request.urlopen(url, timeout=30).read().decode()
            check(signed_by(key, seen, cosigned=True), "the witness answers for another")
            continues(hashes, *checkpoint(seen)[1:], "what the witness saw")


def verify(folder, key=None, kept=(), witnesses=()):
    """Verify a log and give its public acts as (leaf, payload), and a summary."""
    keys = (folder / "keys").read_text().split()
    key = key or keys[0]
    note = (folder / "checkpoint").read_text("utf-8")
    check(signed_by(key, note), "not signed by the key of the log")
    origin, size, want = checkpoint(note)
    check(origin == key.split("+")[0], "the checkpoint is of another log")
    leaves = list(entries(folder, size))
    hashes = [sha(b"\x00" + leaf) for leaf in leaves]
    check(root(hashes) == want, "the leaves do not give the root that was signed")
    evidence(note, [key] + keys, hashes, kept, witnesses)
    tiles(folder, hashes)
    opened = list(openings(folder, size))
    check([o["leaf"] for o in opened] == list(range(size)), "payloads are missing")
    before, acts, texts, missing, effaced, ids = 0, [], 0, set(), set(), set()
    for raw, o in zip(leaves, opened):
        leaf = json.loads(raw)
        check(leaf["digest"] == salted(o["nonce"], o["payload"]), "payload %d is not what its leaf commits to" % o["leaf"])
        check(leaf["id"] not in ids, "leaf %d has the id of another" % o["leaf"])
        ids.add(leaf["id"])
        payload = json.loads(o["payload"])
        if leaf["kind"] == "interne":
            check(payload["digests"] == sorted(set(payload["digests"])), "batch %d is not sorted" % o["leaf"])
            continue
        check(payload["id"] not in ids, "act %d stands there twice" % o["leaf"])
        check(payload.get("corrects") is None or payload["corrects"] in ids, "act %d corrects none before it" % o["leaf"])
        ids.add(payload["id"])
        acts.append((o["leaf"], payload))
        check(payload["when"]["recorded"] >= before, "act %d was recorded before the one it follows" % o["leaf"])
        before = payload["when"]["recorded"]
        if payload["verb"] == "act.text.erase":
            effaced.add(payload["what"]["id"])
        published = {t["id"]: t for t in o.get("texts", [])}
        for held in payload.get("texts", []):
            if held["id"] not in published:
                missing.add(held["id"])
                continue
            text = published[held["id"]]
            check(salted(text["nonce"], text["body"]) == held["digest"], "a text of act %d was changed" % o["leaf"])
            texts += 1
    check(missing <= effaced, "a text is missing without an act of effacement")
    return acts, "%d leaves, %d acts, %d texts, %d effaced" % (size, len(acts), texts, len(missing))


def options(args):
    """Positional arguments, old checkpoints, witnesses."""
    rest, kept, witnesses = [], [], []
    while args:
        a = args.pop(0)
        if a == "--checkpoint":
            kept.append(pathlib.Path(args.pop(0)).read_text("utf-8"))
        elif a == "--witness":
            witnesses.append(args.pop(0))
        else:
            rest.append(a)
    return rest, kept, witnesses


def main():
    rest, kept, witnesses = options(sys.argv[1:])
    print("accepted: " + verify(pathlib.Path(rest[0]), rest[1] if len(rest) > 1 else None, kept, witnesses)[1])


if __name__ == "__main__":
    main()
