#!/usr/bin/env python3
"""Checks the dossier that this file lies in, with nothing but Python 3.8 or newer.

    python3 verify.py              in the folder where the ZIP was unpacked
    python3 verify.py DOSSIER.zip  without unpacking

The signature of the index needs Ed25519, which Python alone does not have; `bihuan verify dossier` checks it too.
"""
import hashlib
import json
import os
import sys
import zipfile

BLOCK = 1 << 20


def opened(place):
    """A way to open each file, and all names."""
    if place.endswith(".zip"):
        archive = zipfile.ZipFile(place)
        return archive.open, archive.namelist()
    names = []
    for folder, _, files in os.walk(place):
        names += [os.path.relpath(os.path.join(folder, it), place).replace(os.sep, "/") for it in files]
    return (lambda name: open(os.path.join(place, name), "rb")), names


def digest(open_file, name, function="sha256"):
    counted = hashlib.new(function)
    with open_file(name) as file:
        for block in iter(lambda: file.read(BLOCK), b""):
            counted.update(block)
    return counted.hexdigest()


def main(place):
    open_file, names = opened(place)
    with open_file("index.json") as file:
        index = json.load(file)
    faults = []
    known = {"index.json", "index.sig", "SHA256SUMS", "verify.py"}
    for part in index["parts"]:
        known.add(part["name"])
        if part["name"] not in names:
            faults.append("缺少 " + part["name"])
        elif digest(open_file, part["name"]) != part["sha256"]:
            faults.append(part["name"] + " 的内容与目录不符")
    faults += [name + " 不在目录里" for name in names if name not in known]
    previous, lines, skipped = "genesis", 0, False
    with open_file("ledger.txt") as file:
        for raw in file.read().decode("utf-8").split("\n")[:-1]:
            stated, words = raw.split("\t", 1)
            lines += 1
            function, _, wanted = stated.partition(":")
            if function in hashlib.algorithms_available:
                if hashlib.new(function, words.encode("utf-8")).hexdigest() != wanted:
                    faults.append("台账第 %d 条的内容与其摘要不符" % lines)
            else:
                skipped = True
            line = json.loads(words)
            if line["previous"] != previous or line["seq"] != lines:
                faults.append("台账第 %d 条与上一条不衔接" % lines)
            previous = stated
    print("%s：%d 份文件，台账 %d 条" % (index["number"], len(index["parts"]), lines))
    if skipped:
        print("⚠ 本机的 Python 不会计算台账所用的摘要算法，只核对了先后衔接")
    for fault in faults:
        print("✗ " + fault)
    if not faults:
        print("✓ 文件与目录一致，台账连续。签名请用 bihuan verify dossier 核对。")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))))
