"""Figures as Prometheus reads them: https://prometheus.io/docs/instrumenting/exposition_formats/"""

from collections.abc import Mapping

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def gauge(name: str, tells: str, values: Mapping[str, float], *, label: str = "state") -> str:
    """One gauge; a value under "" has no label."""
    lines = [f"# HELP {name} {tells}", f"# TYPE {name} gauge"]
    for word, value in values.items():
        lines.append(f'{name}{{{label}="{word}"}} {value}' if word else f"{name} {value}")
    return "\n".join(lines) + "\n"
