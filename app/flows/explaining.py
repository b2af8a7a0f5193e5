"""Why words were understood so, for authors; and what is heard in lines of JSON, for measuring."""

from typing import Any

from app.engine import hear, understand
from app.engine.safety import Finding, Net
from app.engine.understanding import Lexicon, Understood


def explain(net: Net, lexicon: Lexicon, text: str) -> dict[str, Any]:
    """What the net and the lexicon hear in a text: words, span, rule, negation, runner-up."""
    heard = hear(net, text)
    found = understand(lexicon, heard.reading)
    return {
        "text": text,
        "safety": {**_route(heard.findings), "because": [_finding(f, text) for f in heard.findings]},
        "concerns": [_concern(each) for each in found],
    }


def listen(net: Net, lexicon: Lexicon, id: str, text: str) -> dict[str, Any]:
    """One line of `into-words listen`: the route, then the concerns, best first; never none."""
    told = explain(net, lexicon, text)
    nothing = [{"concern": "unclear", "status": "possible", "because": []}]
    concerns = [{k: c[k] for k in ("concern", "status", "because")} for c in told["concerns"]]
    return {"id": id, "safety": told["safety"], "concerns": concerns or nothing}


def _route(findings: tuple[Finding, ...]) -> dict[str, str]:
    if not findings:
        return {"route": "none", "certainty": "none"}
    return {"route": findings[0].route, "certainty": findings[0].certainty}


def _finding(finding: Finding, text: str) -> dict[str, Any]:
    start, end = finding.span
    return {
        "words": text[start:end],
        "span": [start, end],
        "family": finding.family,
        "route": finding.route,
        "certainty": finding.certainty,
        "rule": finding.rule,
    }


def _concern(found: Understood) -> dict[str, Any]:
    out: dict[str, Any] = {
        "concern": found.concept,
        "status": found.status,
        "points": found.points,
        "because": [
            {
                "words": r.words,
                "span": list(r.span),
                "kind": "phrase" if " " in r.words else "word",
                "said": r.kind,
                "negated": r.negated,
                "points": r.points,
                "rule": r.rule,
            }
            for r in found.because
        ],
    }
    if found.runner_up:
        out["runner_up"] = {"concern": found.runner_up[0], "points": found.runner_up[1]}
    return out
