"""A model card for readers: one ordered document, as JSON and as Markdown from the same facts.

Source: machine-learning.md section 2: the gap to the limit first, then defaults alone, then the
agreement with policy, and the README's protocol last. Figures that the model file does not hold are
said to be missing, never left out.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

NOT_MEASURED: Final = "Not measured when this model was made; `compare` measures it."
HEADINGS: Final = (
    ("gap_to_limit", "Gap to the limit of the generator, whose true probabilities are known"),
    ("default_only", "Defaults among disbursed loans later than the training"),
    ("imitates_policy", "Agreement with policy: how far it imitates policy"),
    ("readme_protocol", "README protocol: comparison with the seed only"),
)


def card_document(model: Mapping[str, Any]) -> dict[str, Any]:
    """Return the card of a loaded `model.json`, its four figures in order."""
    card = model["card"]
    return {
        "model_id": model["model_id"],
        "label": model["label"],
        "trained_to": model["trained_to"],
        "valid_for": model["valid_for"],
        "notes": card["notes"],
        "figures": [
            {"order": order, "heading": heading, "facts": card.get(name)}
            for order, (name, heading) in enumerate(HEADINGS, start=1)
        ],
        "challenger": {
            "later_loans": card.get("challengers", []),
            "gap_to_limit": card.get("challenger_gap_to_limit"),
        },
        "borderline": card["conformal"],
        "leaks": card.get("leaks"),
        "label_text": card["label_text"],
        "label_counts": card.get("label_counts"),
        "intended_use": card["intended_use"],
        "out_of_scope": card["out_of_scope"],
        "rows": card["rows"],
        "bads": card["bads"],
        "first_test_month": card["first_test_month"],
        "forest": card["forest"],
        "monotone_violations": card["monotone_violations"],
        "export_check": card["export_check"],
        "data_sha256": card["data_sha256"],
        "versions": card["versions"],
    }


def card_markdown(document: Mapping[str, Any]) -> str:
    """Return the same card as Markdown."""
    lines = [f"# Model card: {document['label']}", "", *document["notes"], ""]
    lines += [f"Trained on loans disbursed up to {document['trained_to']}.", ""]
    writers = {1: _gap, 2: _defaults, 3: _policy, 4: _readme}
    for figure in document["figures"]:
        lines += [f"## {figure['order']}. {figure['heading']}", ""]
        facts = figure["facts"]
        lines += [NOT_MEASURED] if facts is None else writers[figure["order"]](facts)
        lines.append("")
    lines += _challenger(document["challenger"])
    lines += _borderline(document["borderline"])
    lines += _leaks(document["leaks"])
    lines += _making(document)
    return "\n".join(lines).rstrip() + "\n"


def _gap(facts: Mapping[str, Any]) -> list[str]:
    return [
        f"On {facts['rows']} fresh disbursed loans with {facts['bads']} defaults:",
        "",
        *_table(
            ("", "this model", "from the limit"),
            (
                ("AUC", _three(facts["auc"]), f"{_three(facts['auc_gap'])} below"),
                ("Brier score", f"{facts['brier']:.4f}", f"{facts['brier_ratio']:.3f} times"),
                ("accuracy", _percent(facts["accuracy"]), f"{facts['accuracy_gap']:.4f} below"),
            ),
        ),
    ]


def _defaults(facts: Mapping[str, Any]) -> list[str]:
    found = (
        f"AUC {_three(facts['auc'])}, 95 % interval {_interval(facts)}, "
        f"on {facts['rows']} loans with {facts['bads']} defaults."
    )
    recalls = [
        f"At an index of {cut} or more it finds {_percent(recall)} of the defaults."
        for cut, recall in facts.get("recall_at", {}).items()
    ]
    return [found, *recalls]


def _policy(facts: Mapping[str, Any]) -> list[str]:
    told = (
        f"Equal verdicts: {_percent(facts['equal_verdicts'])} of {facts['rows']} decided "
        f"applications. AUC against the reject rule: {_three(facts['auc'])}. A high figure means "
        "that it imitates policy, not that it knows defaults."
    )
    return [told]


def _readme(facts: Mapping[str, Any]) -> list[str]:
    told = {
        "a": "(a) label rejected or defaulted",
        "b": "(b) the README's explicit rule with flips",
    }
    rows = [
        (
            told.get(row.get("part"), row["model"]),
            _percent(row["accuracy"]),
            _percent(row["recall"]),
            _three(row["auc"]),
        )
        for row in facts["rows"]
    ]
    bare = facts["bare_rule"]
    rows.append(("(a) " + bare["label"], _percent(bare["accuracy"]), "", ""))
    return [
        "The original's forest on its own protocol. Never tuned to, never a gate.",
        "",
        *_table(("", "accuracy", "recall", "AUC"), rows),
    ]


def _challenger(facts: Mapping[str, Any]) -> list[str]:
    lines = ["## Challenger beside it", ""]
    lines += [
        f"{row['model']}: AUC {_three(row['auc'])}, 95 % interval {_interval(row)}, "
        "on the same later loans."
        for row in facts["later_loans"]
    ]
    gap = facts["gap_to_limit"]
    if gap is not None:
        lines.append(f"Its AUC is {_three(gap['auc_gap'])} below the limit.")
    return [*lines, ""] if len(lines) > 2 else []  # noqa: PLR2004  # heading and blank alone


def _borderline(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = ["## Borderline band", "", "Empirical coverage on the later loans, by class:", ""]
    shown = []
    for row in rows:
        good, bad = row.get("good"), row.get("bad")
        shown.append(
            (
                f"{row['alpha']:.2f}",
                _percent(row["borderline"]),
                _coverage(good),
                _coverage(bad),
            )
        )
    lines += _table(("level", "sent to a person", "good", "bad"), shown)
    if any(not row.get("enough", True) for row in rows):
        lines += ["", "Too few bads in calibration: the band is off and nothing is borderline."]
    return [*lines, ""]


def _coverage(facts: Mapping[str, Any] | None) -> str:
    if facts is None or facts["empirical_coverage"] is None:
        return "not measured"
    return f"{_percent(facts['empirical_coverage'])} of {facts['rows']}"


def _leaks(signs: Sequence[Mapping[str, Any]] | None) -> list[str]:
    lines = ["## Signs of a leak", ""]
    if signs is None:
        return [*lines, NOT_MEASURED, ""]
    if not signs:
        return [*lines, "None found.", ""]
    return [*lines, *(f"- {sign['text']} (blocks promotion)" for sign in signs), ""]


def _making(document: Mapping[str, Any]) -> list[str]:
    counts = document["label_counts"]
    told = [] if counts is None else [f"Labels: {_named(counts)}."]
    return [
        "## How it was made",
        "",
        document["label_text"],
        *told,
        (
            f"Fitted on {document['rows']['train']} loans with {document['bads']['train']} bads; "
            f"tested from {document['first_test_month']} on."
        ),
        f"Settings: {_named(document['forest'])}.",
        f"Wrong-way moves found: {document['monotone_violations']}.",
        f"For: {document['intended_use']} Not for: {document['out_of_scope']}",
        f"Data sha256 {document['data_sha256']}. Versions: {_named(document['versions'])}.",
        "",
    ]


def _interval(facts: Mapping[str, Any]) -> str:
    return f"{_three(facts['auc_low'])} to {_three(facts['auc_high'])}"


def _named(facts: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}".replace("_", " ") for name, value in facts.items())


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [heading, ["---"] * len(heading), *rows]
    return ["| " + " | ".join(cells) + " |" for cells in lines]


def _three(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.3f}"


def _percent(value: float | None) -> str:
    return "unknown" if value is None else f"{100 * value:.1f} %"
