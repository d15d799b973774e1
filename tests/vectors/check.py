#!/usr/bin/env python3
"""Checks the vectors under tests/vectors/protocol without any code of Comity: what docs/protocol.md says, written again
with Python's standard library; GnuPG (gpg) opens envelopes and judges OpenPGP signatures, in a home of its own.

    python3 tests/vectors/check.py [FOLDER]

A line per check, then "N checked, M failed"; exit code 0 where nothing failed, else 1.
"""

import base64
import datetime
import email
import email.policy
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import uuid

AT = "20260410T080000"  # when the vectors hold; no check depends on today


# --- Octets and digests -------------------------------------------------------------------------------------------


class Wrong(Exception):
    """Something is not as the specification says."""


def need(holds, what):
    if not holds:
        raise Wrong(what)


def digest(octets):
    return "sha256:" + hashlib.sha256(octets).hexdigest()


def url64(text):
    """base64url without padding; unused bits are zero, so one value has one text."""
    need(re.fullmatch(r"[A-Za-z0-9_-]*", text) and len(text) % 4 != 1, "not base64url without padding")
    octets = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    need(base64.urlsafe_b64encode(octets).rstrip(b"=").decode() == text, "unused bits that are not zero")
    return octets


def instant(text):
    need(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text), "not an instant: " + text)
    return datetime.datetime.fromisoformat(text[:-1] + "+00:00")


# --- JSON, section 2 ----------------------------------------------------------------------------------------------


class Refused(Exception):
    def __init__(self, code, path=""):
        super().__init__(code + " at " + (path or "the whole"))
        self.code, self.path = code, path


def strict(octets, most=1 << 20):
    """Reads JSON as section 2 says; refuses what programs would understand differently."""
    if len(octets) > most:
        raise Refused("TooLarge")
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("NotUtf8") from None

    def whole(digits):
        if abs(int(digits)) >= 1 << 53:
            raise Refused("NumberTooLarge")
        return int(digits)

    def broken(digits):
        if abs(float(digits)) >= 1 << 53:
            raise Refused("NumberTooLarge")
        return float(digits)

    def constant(_):
        raise Refused("NotJson")

    def members(pairs):
        if len({name for name, _ in pairs}) != len(pairs):
            raise Refused("DuplicateMember")
        return dict(pairs)

    try:
        value = json.loads(text, object_pairs_hook=members, parse_int=whole, parse_float=broken, parse_constant=constant)
    except (ValueError, RecursionError):
        raise Refused("NotJson") from None
    if depth(value) > 16 or not isinstance(value, dict) or any(half(word) for word in words(value)):
        raise Refused("NotJson")
    return value


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def words(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner)


def half(word):
    return any("\ud800" <= c <= "\udfff" for c in word)


def exact(text):
    """The members of a compact JSON object with their exact texts, or the items of a list."""
    decoder, at, found = json.JSONDecoder(), 1, {}
    while text[at] not in "]}":
        name = len(found)
        if text[0] == "{":
            name, at = decoder.raw_decode(text, at)
            need(text[at] == ":", "not compact JSON")
            at += 1
        _, end = decoder.raw_decode(text, at)
        found[name] = text[at:end]
        at = end + (text[end] == ",")
    need(at == len(text) - 1, "something after the document")
    return found


# --- Ed25519, RFC 8032 --------------------------------------------------------------------------------------------

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME
ROOT = pow(2, (PRIME - 1) // 4, PRIME)


def abscissa(y, odd):
    """The x of the point with this y on -x² + y² = 1 + d·x²·y²; None where there is none."""
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT % PRIME
    if (x * x - square) % PRIME or (x == 0 and odd):
        return None
    return PRIME - x if x % 2 != odd else x


def point(octets):
    y = int.from_bytes(octets, "little")
    odd, y = y >> 255, y & ((1 << 255) - 1)
    x = abscissa(y, odd) if y < PRIME else None
    return None if x is None else (x, y, 1, x * y % PRIME)


def plus(p, q):
    """The sum of two points as x, y, z and t = x·y/z, so that nothing is divided on the way."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * CURVE * p[3] * q[3], 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def times(number, p):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = plus(total, p)
        p, number = plus(p, p), number >> 1
    return total


def same(p, q):
    return not (p[0] * q[2] - q[0] * p[2]) % PRIME and not (p[1] * q[2] - q[1] * p[2]) % PRIME


BASE = point((4 * pow(5, -1, PRIME) % PRIME).to_bytes(32, "little"))


def ed25519(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = point(key), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    hashed = hashlib.sha512(signature[:32] + key + message).digest()
    return same(times(s, BASE), plus(r, times(int.from_bytes(hashed, "little") % ORDER, a)))


# --- OpenPGP: packets by hand, keys and envelopes by GnuPG --------------------------------------------------------


def packets(octets):
    """Tag and body of each packet (RFC 9580, 4.2); partial lengths are put together."""
    at = 0
    while at < len(octets):
        head, at = octets[at], at + 1
        need(head & 0x80, "not a packet")
        if not head & 0x40:
            size = 1 << (head & 3)
            need(size < 8, "a packet without length")
            length, at = int.from_bytes(octets[at : at + size], "big"), at + size
            yield head >> 2 & 15, octets[at : at + length]
            at += length
            continue
        body, partial = b"", True
        while partial:
            first, at = octets[at], at + 1
            partial = 224 <= first < 255
            if partial:
                length = 1 << (first & 31)
            elif first < 192:
                length = first
            elif first == 255:
                length, at = int.from_bytes(octets[at : at + 4], "big"), at + 4
            else:
                length, at = (first - 192 << 8) + octets[at] + 192, at + 1
            body, at = body + octets[at : at + length], at + length
        yield head & 63, body


def fingerprint(key):
    return hashlib.sha1(b"\x99" + len(key).to_bytes(2, "big") + key).hexdigest().upper()


def primary(certificate):
    tag, body = next(packets(certificate))
    need(tag == 6 and body[0] == 4, "not a certificate of version 4")
    return body


def subpackets(area):
    at = 0
    while at < len(area):
        length, at = area[at], at + 1
        if length >= 192:
            length, at = (length - 192 << 8) + area[at] + 192, at + 1
        yield area[at] & 127, area[at + 1 : at + length]
        at += length


class Signature:
    """A signature packet of version 4."""

    def __init__(self, body):
        need(body[0] == 4, "not a signature of version 4")
        self.kind, self.algorithm, self.hash = body[1], body[2], body[3]
        end = 6 + int.from_bytes(body[4:6], "big")
        self.signed_part = body[:end]
        self.hashed = list(subpackets(body[6:end]))
        at = end + 2 + int.from_bytes(body[end : end + 2], "big") + 2
        self.numbers = []
        while at < len(body):
            size = (int.from_bytes(body[at : at + 2], "big") + 7) // 8
            self.numbers.append(body[at + 2 : at + 2 + size])
            at += 2 + size

    def over_key(self, key):
        """Whether the Ed25519 key signed itself with it (type 0x1F)."""
        name = {8: "sha256", 9: "sha384", 10: "sha512"}[self.hash]
        trailer = b"\x04\xff" + len(self.signed_part).to_bytes(4, "big")
        signed = b"\x99" + len(key).to_bytes(2, "big") + key + self.signed_part + trailer
        need(key[5] == 22 and key[6 : 7 + key[6]] == bytes.fromhex("092b06010401da470f01"), "not an Ed25519 key")
        raw = key[key.index(b"\x40", 7 + key[6]) + 1 :][:32]
        r, s = (number.rjust(32, b"\0") for number in self.numbers)
        return self.kind == 0x1F and ed25519(raw, hashlib.new(name, signed).digest(), r + s)

    def notation(self, name):
        """The value of a notation that the signature covers."""
        for number, area in self.hashed:
            if number == 20:
                size = int.from_bytes(area[4:6], "big")
                if area[8 : 8 + size] == name.encode():
                    return area[8 + size :].decode()
        return None


class GnuPg:
    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="vectors-")
        os.chmod(self.home, 0o700)
        self.known = set()

    def run(self, *arguments, given=None):
        command = ["gpg", "--homedir", self.home, "--batch", "--no-tty", "--status-fd", "2", "--trust-model", "always"]
        command += ["--no-auto-key-retrieve", "--faked-system-time", AT + "!", *arguments]
        done = subprocess.run(command, input=given, capture_output=True, check=False)
        status = [line[9:].split() for line in done.stderr.decode(errors="replace").splitlines() if line[:9] == "[GNUPG:] "]
        return done.returncode, done.stdout, {line[0]: line[1:] for line in status}, [line[0] for line in status]

    def learn(self, key):
        if key not in self.known:
            code, _, status, _ = self.run("--import", given=key)
            need(code == 0 and "IMPORT_OK" in status, "GnuPG does not take a key")
            self.known.add(key)

    def file(self, octets):
        with tempfile.NamedTemporaryFile(dir=self.home, delete=False) as made:
            made.write(octets)
        return made.name

    def signer(self, data, signature):
        """The primary fingerprint of the one who made a good detached signature of type 0x00; else None."""
        kind = [Signature(body).kind for tag, body in packets(signature) if tag == 2]
        code, _, status, _ = self.run("--verify", self.file(signature), self.file(data))
        return status["VALIDSIG"][-1] if code == 0 and kind == [0] and "GOODSIG" in status else None

    def close(self):
        subprocess.run(["gpgconf", "--homedir", self.home, "--kill", "all"], capture_output=True, check=False)
        shutil.rmtree(self.home, ignore_errors=True)


# --- Signed documents, section 3 ----------------------------------------------------------------------------------

ASKS_AND_TELLS = ("comity/resend-request+v1", "comity/gap-request+v1", "comity/key-notice+v1")
ONE_SIGNATURE = ("comity/dispatch-statement+v1", "comity/receipt+v1", "comity/error+v1") + ASKS_AND_TELLS


class Document:
    def __init__(self, text, kind):
        whole = strict(text.encode("ascii"), 1 << 26)
        need(list(whole) == ["type", "payload", "signatures"], "other members, or in another order")
        need(json.dumps(whole, separators=(",", ":")) == text, "not compact JSON")
        need(whole["type"] == kind, "a document of another type: " + whole["type"])
        self.text, self.octets, self.signatures = text, url64(whole["payload"]), whole["signatures"]
        self.value = strict(self.octets, 1 << 26)
        self.signed = kind.encode("ascii") + b"\n" + self.octets
        keys = [signature["key"] for signature in self.signatures]
        need(1 <= len(keys) <= 16 and len(set(keys)) == len(keys), "no signature, or one key twice")
        need(len(keys) == 1 or kind not in ONE_SIGNATURE, "more than one signature")

    def is_signed_by(self, key, gnupg):
        """By a raw key, or by the certificate of a primary fingerprint that GnuPG knows."""
        for signature in self.signatures:
            if signature["key"] == key:
                value = url64(signature["value"])
                if key.startswith("ed25519:"):
                    return ed25519(url64(key[8:]), self.signed, value)
                return gnupg.signer(self.signed, value) == key
        return False


def read_payload(kind, octets):
    """What a node asks or tells others, or Refused with code and path."""
    said = strict(octets)
    members = {
        "comity/resend-request+v1": ["by", "of", "since", "at"],
        "comity/gap-request+v1": ["by", "of", "conversation", "places", "at"],
        "comity/key-notice+v1": ["of", "sequence", "at"],
    }[kind]
    for name in members:
        if name not in said:
            raise Refused("MissingMember", name)
    for name in ("by", "of"):
        office = kind == "comity/gap-request+v1"
        if name in said and not re.fullmatch(OFFICE if office else r"[A-Z][A-Z0-9]{1,11}", said[name]):
            raise Refused("BadValue", name)
    if "sequence" in said and not 1 <= said["sequence"] < 1 << 31:
        raise Refused("BadValue", "sequence")
    for i, place in enumerate(said.get("places", [])):
        if type(place) is not int:
            raise Refused("WrongType", f"places[{i}]")
    if said.get("by") == said["of"]:
        raise Refused("BadValue", "of")
    if "since" in said and instant(said["since"]) > instant(said["at"]):
        raise Refused("BadValue", "since")
    if "places" in said:
        rising = all(one < two for one, two in zip([0] + said["places"], said["places"]))
        if not 1 <= len(said["places"]) <= 100 or not rising:
            raise Refused("BadValue", "places")
    if any(name not in members for name in said.get("critical", [])):
        raise Refused("UnknownCritical", "critical")
    return said


# --- The message, section 4 ---------------------------------------------------------------------------------------

OFFICE = r"[A-Z][A-Z0-9]{1,11}/[a-z0-9][a-z0-9-]{0,39}"
NEEDED = ["version", "kind", "id", "nonce", "conversation", "from", "to", "cc", "created", "language", "tlp", "exercise", "record", "chain", "fields", "attachments"]
OPTIONAL = ["opening", "pap", "handling", "replyBy", "inReplyTo", "severity", "template", "critical"]
TYPES = {"version": int, "exercise": bool, "to": list, "cc": list, "chain": list, "fields": dict, "attachments": list}
READ = ["notification", "update", "information", "acknowledgement", "clarification-request", "clarification", "consultation-request", "withdrawal", "closure", "given-back"]
OPEN = ["notification", "information", "clarification-request", "consultation-request"]
REFER = ["acknowledgement", "clarification", "withdrawal", "given-back"]
UNSEALED = ["key-notice", "receipt", "error", "resend-request"]


def conversation(office, exercise, nonce):
    made = "\n".join(["comity/conversation+v1", office, "exercise" if exercise else "real", nonce])
    octets = bytearray(hashlib.sha256(made.encode()).digest()[:16])
    octets[6], octets[8] = octets[6] & 15 | 0x80, octets[8] & 63 | 0x80
    return str(uuid.UUID(bytes=bytes(octets)))


def read(octets):
    """A message, or Refused with code and path."""
    message = strict(octets)
    for name in message.get("critical", []):
        if name not in NEEDED + OPTIONAL:
            raise Refused("UnknownCritical", "critical")
    for name in NEEDED:
        if name not in message and name not in ("cc", "attachments", "chain"):
            raise Refused("MissingMember", name)
        if name in message and type(message[name]) is not TYPES.get(name, str):
            raise Refused("WrongType", name)
    if message["version"] != 1:
        raise Refused("UnknownVersion", "version")
    recipients = message["to"] + message.get("cc", [])
    rules = [
        (re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", message["id"]), "id"),
        (re.fullmatch(r"[A-Za-z0-9_-]{21}[AQgw]", message["nonce"]), "nonce"),
        (re.fullmatch(OFFICE, message["from"]), "from"),
        (all(re.fullmatch(OFFICE, office) for office in recipients), "to"),
        (message["tlp"] in ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"), "tlp"),
        (message["record"] in ("between-us", "logged"), "record"),
    ]
    for i, link in enumerate(message["chain"]):
        rules.append((link["sequence"] >= 1, f"chain[{i}].sequence"))
        rules.append(((link["sequence"] == 1) == ("previous" not in link), f"chain[{i}].previous"))
    rules.append((0 < len(message["to"]) and len(set(recipients)) == len(recipients), "to"))
    rules.append((message["from"] not in recipients, "to"))
    rules.append(([link["office"] for link in message["chain"]] == recipients, "chain"))
    for holds, path in rules:
        if not holds:
            raise Refused("BadValue", path)
    kind = message["kind"]
    if kind in UNSEALED:
        raise Refused("NotAllowedForKind", "kind")
    if kind not in READ:
        raise Refused("KindNotImplemented", "kind")
    opening = message.get("opening", {"office": message["from"], "nonce": message["nonce"]})
    if "opening" not in message and kind not in OPEN:
        raise Refused("MissingMember", "opening")
    if conversation(opening["office"], message["exercise"], opening["nonce"]) != message["conversation"]:
        raise Refused("BadValue", "conversation")
    if kind in REFER and "inReplyTo" not in message:
        raise Refused("MissingMember", "inReplyTo")
    instant(message["created"])
    if kind == "notification" and message["fields"]["relation"] == "involves-your-territory":
        if len({office.split("/")[0] for office in recipients}) > 1:
            raise Refused("ForOneParticipant", "fields.relation")
    return message


def says(statement, message, octets, office):
    """Whether a dispatch statement is the one for this message and recipient."""
    expected = {
        "message": message["id"],
        "messageDigest": digest(octets),
        "from": message["from"],
        "to": office,
        "conversation": message["conversation"],
        "kind": message["kind"],
        "exercise": message["exercise"],
        "record": message["record"],
        "created": message["created"],
        "chain": next(link for link in message["chain"] if link["office"] == office),
    }
    if message["kind"] == "acknowledgement":
        expected["form"] = message["fields"]["form"]
    if "inReplyTo" in message:
        expected["inReplyTo"] = message["inReplyTo"]
    found = {name: value for name, value in statement.items() if name not in ("salt", "checkpoint")}
    if found.get("exercise") != expected["exercise"]:
        raise Refused("exercise-disagrees")
    if found != expected:
        raise Refused("statement-disagrees")


# --- The envelope, section 5 --------------------------------------------------------------------------------------

MESSAGE = "application/vnd.comity.message+json"
STATEMENT = "application/vnd.comity.dispatch-statement+json"


def mime(octets):
    return email.message_from_bytes(octets, policy=email.policy.default)


def sealed_octets(mail):
    """The OpenPGP octets of a multipart/encrypted (RFC 3156), without armour."""
    outer = mime(mail)
    need(outer.get_content_type() == "multipart/encrypted", "not multipart/encrypted")
    need(outer.get_param("protocol") == "application/pgp-encrypted", "another protocol")
    control, sealed = outer.iter_parts()
    need(control.get_content_type() == "application/pgp-encrypted", "no control part")
    need(control.get_payload(decode=True).strip() == b"Version: 1", "another version")
    lines = sealed.get_payload(decode=True).decode("ascii").split()
    need(lines[:3] == ["-----BEGIN", "PGP", "MESSAGE-----"] and lines[-3:] == ["-----END", "PGP", "MESSAGE-----"], "not armoured")
    # Heads of the armour are not used; a checksum, where there is one, begins with an equals sign.
    return outer, base64.b64decode("".join(line for line in lines[3:-3] if line[0] != "="), validate=True)


def open_envelope(mail, gnupg, recipient, sender):
    """The sealed content; Refused with the code of section 5."""
    outer, octets = sealed_octets(mail)
    kinds = list(packets(octets))
    need([tag for tag, _ in kinds] == [1, 18] and kinds[1][1][0] == 1, "not one session key and SEIPD version 1")
    code, content, status, names = gnupg.run("--decrypt", gnupg.file(octets))
    need("DECRYPTION_OKAY" in status and "GOODMDC" in status, "not opened, or changed on the way")
    need(status["DECRYPTION_INFO"][1] == "9", "not AES-256")
    _, inner, _, _ = gnupg.run("--decrypt", "--unwrap", gnupg.file(octets))
    tags = list(packets(inner))
    need([tag for tag, _ in tags] == [4, 11, 2], "not one one-pass signature, one literal, one signature")
    need(tags[1][1][:1] == b"b", "not a binary literal")
    signature = Signature(tags[2][1])
    need(signature.kind == 0 and signature.hash in (8, 9, 10), "another kind of signature")
    intended = [area[1:].hex().upper() for number, area in signature.hashed if number == 35]
    need(intended == [recipient], "signed for another recipient, or for nobody by name")
    if code != 0 or names.count("VALIDSIG") != 1 or status["VALIDSIG"][-1] != sender:
        raise Refused("wrong-signer")
    sealed = mime(content)
    for name in ("From", "To", "Date", "Message-ID"):
        need(len(sealed.get_all(name, [])) == 1, name + " not exactly once")
        if str(sealed[name]) != str(outer[name]):
            raise Refused(name.lower() + "-differs")
    need(sealed.get_content_type() == "multipart/mixed", "not multipart/mixed")
    return [(part.get_content_type(), part.get_filename(), part.get_payload(decode=True)) for part in sealed.iter_parts()]


def judge(mail, gnupg, recipient, sender):
    """What becomes of an envelope to QN/technical: "opened" or the code of its refusal."""
    try:
        parts = open_envelope(mail, gnupg, recipient, sender)
        (octets,) = [body for kind, _, body in parts if kind == MESSAGE]
        (statement,) = [body for kind, _, body in parts if kind == STATEMENT]
        need(parts[0][0] == "text/plain", "no rendering for people first")
        message = read(octets)
        need(message["from"] == "QM/technical" and "QN/technical" in message["to"] + message["cc"], "between others")
        signed = Document(statement.decode("ascii"), "comity/dispatch-statement+v1")
        need(signed.is_signed_by(sender, gnupg), "statement not signed by the office key")
        says(signed.value, message, octets, "QN/technical")
        others = {name: digest(body) for kind, name, body in parts[1:] if kind not in (MESSAGE, STATEMENT)}
        for name in others:
            if name not in [attachment["name"] for attachment in message["attachments"]]:
                raise Refused("attachment-not-named")
        need(others == {a["name"]: a["digest"] for a in message["attachments"]}, "attachments differ")
    except Refused as refused:
        return refused.code
    return "opened"


# --- The directory, section 7 -------------------------------------------------------------------------------------


def check_header(root, delegation, header, entries, gnupg):
    """From the root down to the digest over the digests of the entries."""
    known = strict(root.encode())
    keys = []
    for certificate in map(url64, known["certificates"]):
        gnupg.learn(certificate)
        keys.append(fingerprint(primary(certificate)))
    given = Document(delegation, "comity/directory-delegation+v1")
    need(given.value["root"] == digest(root.encode()), "the delegation names another root")
    need(instant(given.value["until"]) - instant(given.value["from"]) <= datetime.timedelta(days=90), "over 90 days")
    need(sum(given.is_signed_by(key, gnupg) for key in set(keys)) >= known["threshold"], "fewer roots than needed")
    key = url64(given.value["certificate"])
    gnupg.learn(key)
    signed = Document(header, "comity/snapshot+v1")
    need(signed.is_signed_by(fingerprint(primary(key)), gnupg), "the header is not signed by the directory key")
    made, ends = instant(signed.value["created"]), instant(signed.value["expires"])
    need(instant(given.value["from"]) <= made < instant(given.value["until"]), "made outside of the delegation")
    need(ends - made <= datetime.timedelta(days=7), "fresh for more than seven days")
    need(signed.value["number"] > 1 or "previous" not in signed.value, "the first names one before")
    all_of_them = b"".join(bytes.fromhex(entry[7:]) for entry in entries)
    need(signed.value["count"] == len(entries) and signed.value["entries"] == digest(all_of_them), "other entries")


def check_entry(text, gnupg):
    """An entry by its own keys; gives the core."""
    entry = Document(text, "comity/entry+v1")
    certificate, core = url64(entry.value["certificate"]), url64(entry.value["core"])
    gnupg.learn(certificate)
    key = primary(certificate)
    need(entry.is_signed_by(fingerprint(key), gnupg), "not signed by the entry key")
    vouches = [Signature(body) for tag, body in packets(url64(entry.value["coreCertification"])) if tag == 2]
    need(len(vouches) == 1 and vouches[0].over_key(key), "the participant key did not vouch")
    need(vouches[0].notation("core@comity.invalid") == digest(core), "it vouched for another core")
    read_core = strict(core)
    need(read_core["code"] == entry.value["code"], "entry and core name two participants")
    for office in read_core["offices"]:
        gnupg.learn(url64(office["certificate"]))
    read_core["participantKey"] = fingerprint(key)
    return read_core


# --- The vectors --------------------------------------------------------------------------------------------------


class Vectors:
    def __init__(self, folder):
        self.folder, self.gnupg, self.checked, self.failed = folder, GnuPg(), 0, 0

    def check(self, name, what, work):
        self.checked += 1
        try:
            outcome = work()
            if outcome is False:
                raise Wrong("it is not so")
            print(f"ok      {name}: {what}")
            return outcome
        except Exception as error:  # a vector that cannot be read is a failed one
            self.failed += 1
            print(f"FAILED  {name}: {what}: {type(error).__name__}: {error}")
            return None

    def run(self):
        known = {
            "message.json": self.message,
            "kinds.json": self.kinds,
            "refused-messages.json": self.refused,
            "receipt.json": self.receipt,
            "node-documents.json": self.node_documents,
            "snapshot.json": self.snapshot,
            "envelopes.json": self.envelopes,
            "evidence.json": self.evidence,
        }
        for name in sorted(os.listdir(self.folder)):
            with open(os.path.join(self.folder, name), encoding="utf-8") as file:
                content = file.read()
            vector = self.check(name, "is JSON and a known vector", lambda: name in known and json.loads(content))
            if vector:
                try:
                    known[name](name, vector)
                except Exception as error:
                    self.check(name, "has its members", lambda: need(False, f"{type(error).__name__}: {error}"))
        self.gnupg.close()
        print(f"{self.checked} checked, {self.failed} failed")
        return 1 if self.failed or not self.checked else 0

    def one_message(self, name, vector):
        octets = base64.b64decode(vector["octets"], validate=True)
        message = self.check(name, "the message is read by section 4", lambda: read(octets)) or {}
        self.check(name, "its digest", lambda: digest(octets) == vector["digest"])
        part1 = vector["part1"]
        head = ("EXERCISE" if message.get("exercise") else "TLP:" + message.get("tlp", "")).encode()
        self.check(name, "part 1 begins with exercise or TLP", lambda: part1.encode().startswith(head))
        shown = [message.get(member, "?") for member in ("id", "conversation", "from", "kind")]
        self.check(name, "part 1 names the message", lambda: all(word in part1 for word in shown))

    def message(self, name, vector):
        self.one_message(name, vector)

    def kinds(self, name, vector):
        for one in vector["messages"]:
            self.one_message(f"{name} {one['kind']}", one)

    def refused(self, name, vector):
        for i, one in enumerate(vector["messages"]):
            octets = base64.b64decode(one["octets"], validate=True)

            def is_refused():
                try:
                    read(octets)
                except Refused as refused:
                    need((refused.code, refused.path) == (one["code"], one["path"]), str(refused))
                    return True
                return False

            self.check(f"{name} {i}", f"refused as {one['code']} at {one['path'] or 'the whole'}", is_refused)

    def receipt(self, name, vector):
        document = self.check(name, "the document", lambda: Document(vector["document"], "comity/receipt+v1"))
        signed = base64.b64decode(vector["signedOctets"], validate=True)
        self.check(name, "type, LF and payload are signed", lambda: document.signed == signed)
        self.check(name, "the Ed25519 signature", lambda: document.is_signed_by(vector["nodeKey"], self.gnupg))
        self.check(name, "says receipt only", lambda: document.value["statement"] == "receipt-only")
        seed = base64.b64decode(vector["seed"], validate=True)
        self.check(name, "the seed makes the node key", lambda: public(seed) == url64(vector["nodeKey"][8:]))

    def node_documents(self, name, vector):
        seed = base64.b64decode(vector["seed"], validate=True)
        self.check(name, "the seed makes the node key", lambda: public(seed) == url64(vector["nodeKey"][8:]))
        for one in vector["documents"]:
            where, kind = f"{name} {one['type']}", one["type"]
            document = self.check(where, "the document", lambda: Document(one["document"], kind))
            self.check(where, "the Ed25519 signature", lambda: document.is_signed_by(vector["nodeKey"], self.gnupg))
            self.check(where, "its payload", lambda: read_payload(kind, document.octets))
        for i, one in enumerate(vector["refused"]):

            def is_refused():
                try:
                    read_payload(one["type"], Document(one["document"], one["type"]).octets)
                except Refused as refused:
                    need((refused.code, refused.path) == (one["code"], one["path"]), str(refused))
                    return True
                return False

            self.check(f"{name} refused {i}", f"refused as {one['code']} at {one['path']}", is_refused)

    def snapshot(self, name, vector):
        text = base64.b64decode(vector["snapshot"], validate=True).decode("ascii")
        parts = exact(text)
        entries = list(exact(parts["entries"]).values())
        digests = [digest(entry.encode()) for entry in entries]
        self.check(name, "the pinned root", lambda: digest(parts["root"].encode()) == vector["root"])
        down = lambda: check_header(parts["root"], parts["delegation"], parts["header"], digests, self.gnupg) is None
        self.check(name, "from the root to the digest over the entries", down)
        for i, entry in enumerate(entries):
            self.check(f"{name} entry {i}", "signed, and its core vouched for", lambda: check_entry(entry, self.gnupg))

    def envelopes(self, name, vector):
        recipient = base64.b64decode(vector["recipientKey"], validate=True)
        sender = base64.b64decode(vector["senderCertificate"], validate=True)
        self.check(name, "GnuPG takes the recipient's key", lambda: self.gnupg.learn(recipient) is None)
        self.check(name, "GnuPG takes the sender's certificate", lambda: self.gnupg.learn(sender) is None)
        secret = next(packets(recipient))[1]
        # The public part of a secret key packet of Ed25519: version, time, algorithm, curve, point.
        mine = fingerprint(secret[: 7 + secret[6] + 2 + 33])
        theirs = fingerprint(primary(sender))
        for i, one in enumerate(vector["envelopes"]):
            outcome = lambda: need_same(judge(one["mail"].encode(), self.gnupg, mine, theirs), one["outcome"])
            self.check(f"{name} {i}", one["outcome"], outcome)

    def evidence(self, name, vector):
        outer = exact(vector["evidence"])
        self.check(name, "the digest of the content", lambda: json.loads(outer["digest"]) == digest(outer["content"].encode()))
        content = exact(outer["content"])
        plain = strict(outer["content"].encode(), 1 << 26)
        roots, people = json.loads(vector["trustRoot"]), json.loads(vector["trustParticipants"])
        cores = {}
        for i, entry in enumerate(exact(content["entries"]).values()):
            core = self.check(f"{name} entry {i}", "signed, and its core vouched for", lambda: check_entry(entry, self.gnupg))
            cores[core["code"]] = core
            trusted = lambda: people["participants"][core["code"]] == core["participantKey"]
            self.check(f"{name} entry {i}", "under the key of the trust file", trusted)
        for i, text in enumerate(exact(content["directories"]).values()):
            parts = exact(text)
            listed = list(map(json.loads, exact(parts["entries"]).values()))
            down = lambda: check_header(parts["root"], parts["delegation"], parts["header"], listed, self.gnupg) is None
            self.check(f"{name} directory {i}", "from the root to the digest over the entries", down)
            self.check(f"{name} directory {i}", "its root is trusted", lambda: digest(parts["root"].encode()) in roots["roots"])
            here = [digest(entry.encode()) for entry in exact(content["entries"]).values()]
            self.check(f"{name} directory {i}", "it lists the entries", lambda: set(here) <= set(listed))
        shown = {}
        for i, text in enumerate(exact(content["statements"]).values()):
            where = f"{name} statement {i}"
            statement = self.check(where, "the document", lambda: Document(text, "comity/dispatch-statement+v1"))
            value = statement.value
            self.check(where, "signed by the office's key", lambda: statement.is_signed_by(self.office(cores, value["from"]), self.gnupg))
            self.check(where, "of this conversation", lambda: value["conversation"] == plain["conversation"])
            answers = value.get("inReplyTo")
            self.check(where, "what it answers is here", lambda: not answers or shown[answers["id"]] == answers["digest"])
            shown[value["message"]] = value["messageDigest"]
        for i, text in enumerate(exact(content["receipts"]).values()):
            where = f"{name} receipt {i}"
            receipt = self.check(where, "the document", lambda: Document(text, "comity/receipt+v1"))
            value = receipt.value
            self.check(where, "signed by a node key of the entry", lambda: self.node_signed(cores, receipt))
            self.check(where, "for a message that a statement shows", lambda: shown[value["message"]] == value["messageDigest"])

    @staticmethod
    def office(cores, name):
        offices = cores[name.split("/")[0]]["offices"]
        return fingerprint(primary(url64(next(o["certificate"] for o in offices if o["name"] == name))))

    def node_signed(self, cores, receipt):
        at = instant(receipt.value["at"])
        grants = cores[receipt.value["office"].split("/")[0]]["nodeKeys"]
        good = [g["key"] for g in grants if instant(g["from"]) <= at < instant(g["until"])]
        return any(receipt.is_signed_by(key, self.gnupg) for key in good)


def public(seed):
    """The public key of an Ed25519 seed."""
    scalar = bytearray(hashlib.sha512(seed).digest()[:32])
    scalar[0] &= 248
    scalar[31] = scalar[31] & 127 | 64
    x, y, z, _ = times(int.from_bytes(scalar, "little"), BASE)
    x, y = x * pow(z, -1, PRIME) % PRIME, y * pow(z, -1, PRIME) % PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


def need_same(found, expected):
    need(found == expected, f"{found} instead of {expected}")
    return True


if __name__ == "__main__":
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "protocol")
    sys.exit(Vectors(sys.argv[1] if len(sys.argv) > 1 else beside).run())
