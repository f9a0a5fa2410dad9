"""Compares `bihuan bench classify` with a linear SVM on the same folds of one labelled file.

Called by scripts/classify-folds; prints figures only, and leaves nothing behind.
"""

import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

FOLDS = 5


def svm(train, test):
    """The figure to beat: tf-idf of 1 to 3 characters, a linear SVM, everything else as the library has it."""
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3))
    machine = LinearSVC().fit(vectorizer.fit_transform([text for text, _ in train]), [label for _, label in train])
    said = machine.predict(vectorizer.transform([text for text, _ in test]))
    true = [label for _, label in test]
    return {"macro_f1": f1_score(true, said, average="macro"), "accuracy": accuracy_score(true, said)}


def ours(program, folder, train, test):
    """The program's own figures, without their common prefix."""
    for name, rows in (("train", train), ("test", test)):
        with open(os.path.join(folder, f"{name}.csv"), "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("text", "label"), *rows])
    command = [program, "bench", "classify", "--json"]
    command += ["--train", os.path.join(folder, "train.csv"), "--test", os.path.join(folder, "test.csv")]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures = [json.loads(line) for line in printed.splitlines()]
    return {figure["name"].removeprefix("classify."): figure["value"] for figure in figures}


def shown(name, values):
    error = statistics.stdev(values) / len(values) ** 0.5
    each = " ".join(f"{value:.3f}" for value in values)
    print(f"  {name:<28} {statistics.mean(values):7.4f} ± {error:.4f}   {each}")


def main(program, file, seeds):
    with open(file, encoding="utf-8", newline="") as opened:
        rows = [(row["text"], row["label"]) for row in csv.DictReader(opened)]
    labels = [label for _, label in rows]
    means = {"svm": [], "bihuan": []}
    for seed in seeds:
        found = {"svm": [], "bihuan": []}
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
        with tempfile.TemporaryDirectory(prefix="bihuan-folds-") as folder:
            for train, test in folds.split(labels, labels):
                train, test = [rows[i] for i in train], [rows[i] for i in test]
                found["svm"].append(svm(train, test))
                found["bihuan"].append(ours(program, folder, train, test))
        print(f"seed {seed}: {len(rows)} texts, {len(set(labels))} labels, {FOLDS} folds, mean ± standard error, then fold by fold")
        for name in ("macro_f1", "accuracy"):
            both = {who: [fold[name] for fold in found[who]] for who in found}
            for who, values in both.items():
                shown(f"{who} {name}", values)
            shown(f"difference {name}", [b - a for a, b in zip(both["svm"], both["bihuan"])])
        for name, form in (("texts_per_second", "{:,.0f}"), ("train_s", "{:.3f}")):
            print(f"  bihuan {name:<21} " + form.format(statistics.median(fold[name] for fold in found["bihuan"])))
        for who in means:
            means[who].append(statistics.mean(fold["macro_f1"] for fold in found[who]))
    if len(seeds) > 1:
        print(f"{len(seeds)} seeds: mean ± standard error of the seeds' means, which share the same letters")
        for who, values in means.items():
            shown(f"{who} macro_f1", values)
        shown("difference macro_f1", [b - a for a, b in zip(means["svm"], means["bihuan"])])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], [int(seed) for seed in sys.argv[3].split()])
