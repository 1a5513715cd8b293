#!/usr/bin/env python3
"""Verify a published Parvis log, written from docs/log.md alone, with nothing but Python's library.

usage: verify_log.py FOLDER [VERIFIER-KEY]

It shares no code with Parvis: it is what a stranger needs to check us. It reads a folder written by
`parvis export` or mirrored from /log/, and ends with 0 when everything holds.
"""
import base64
import hashlib
import json
import pathlib
import struct
import sys

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


def head(folder, key):
    vkey = key or (folder / "keys").read_text().split()[0]
    origin, _, public = vkey.split("+", 2)
    public = base64.b64decode(public)
    check(public[0] == 1, "not an Ed25519 key")
    text, _, signatures = (folder / "checkpoint").read_text("utf-8").partition("\n\n")
    text += "\n"
    want = sha(origin.encode() + b"\n" + public)[:4]
    for line in signatures.splitlines():
        dash, who, raw = line.split(" ")
        raw = base64.b64decode(raw)
        if dash == "\u2014" and who == origin and raw[:4] == want:
            check(signed(public[1:], text.encode(), raw[4:]), "the signature is wrong")
            lines = text.split("\n")
            check(lines[0] == origin, "the checkpoint is of another log")
            return int(lines[1]), base64.b64decode(lines[2])
    sys.exit("refused: not signed by the key of the log")


def main():
    folder, key = pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None
    size, want = head(folder, key)
    leaves = list(entries(folder, size))
    hashes = [sha(b"\x00" + leaf) for leaf in leaves]
    check(root(hashes) == want, "the leaves do not give the root that was signed")
    tiles(folder, hashes)
    opened = list(openings(folder, size))
    check([o["leaf"] for o in opened] == list(range(size)), "payloads are missing")
    before, acts, texts, missing, effaced = 0, 0, 0, set(), set()
    for raw, o in zip(leaves, opened):
        leaf = json.loads(raw)
        check(leaf["digest"] == salted(o["nonce"], o["payload"]), "payload %d is not what its leaf commits to" % o["leaf"])
        payload = json.loads(o["payload"])
        if leaf["kind"] == "interne":
            check(payload["digests"] == sorted(set(payload["digests"])), "batch %d is not sorted" % o["leaf"])
            continue
        acts += 1
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
    print("accepted: %d leaves, %d acts, %d texts, %d effaced" % (size, acts, texts, len(missing)))


if __name__ == "__main__":
    main()
