"""What a release is made of, as CycloneDX 1.6 in JSON: `python -m tests.supply.sbom FILE`, `make sbom`.

Versions and hashes are the lock's, licences what the installed libraries say of themselves. The same lock gives the
same file: no time and no serial number is in it.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

import click
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from tests.supply.lock import PROJECT, Locked, of_a_release

NOT_INSTALLED = "not installed here"
_BY_ITS_FILE = {"pyrage": "MIT"}
"""Libraries whose description names no licence, by the file LICENSE that comes with their source."""


def licence(name: str) -> str:
    """As the library says: an SPDX expression where it has one, else its field, else its classifiers."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return NOT_INSTALLED
    expression = _field(told, "License-Expression")
    said = expression or _classified(told) or _field(told, "License").partition("\n")[0]
    return said or _BY_ITS_FILE.get(name, "")


def _field(told: PackageMetadata, name: str) -> str:
    return str(told[name]).strip() if name in told else ""


def _classified(told: PackageMetadata) -> str:
    named = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or [] if one.startswith("License :: ")]
    return ", ".join(sorted(named))


def made() -> str:
    """The document. Raises ValueError where it is not what CycloneDX says."""
    mit = [LicenseFactory().make_from_string("MIT")]
    whole = Component(name=PROJECT, type=ComponentType.APPLICATION, licenses=mit, bom_ref=PROJECT)
    components = [_component(one) for one in of_a_release()]
    bom = Bom(components=components)
    bom.metadata.component = whole
    bom.register_dependency(whole, components)
    document = json.loads(JsonV1Dot6(bom).output_as_string())
    # Another one each time, which would hide whether anything else is other.
    del document["serialNumber"], document["metadata"]["timestamp"]
    text = json.dumps(document, indent=1, sort_keys=True) + "\n"
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise ValueError(str(fault))
    return text


def _component(library: Locked) -> Component:
    said = licence(library.name)
    return Component(
        name=library.name,
        version=library.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{library.name}@{library.version}",
        purl=PackageURL("pypi", name=library.name, version=library.version),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in library.hashes],
        licenses=[LicenseFactory().make_from_string(said)] if said not in {"", NOT_INSTALLED} else [],
    )


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def main(file: Path) -> None:
    """Write FILE, after checking it against CycloneDX's own schema."""
    try:
        text = made()
    except ValueError as error:
        click.echo(error, err=True)
        sys.exit(1)
    file.write_text(text, encoding="utf-8")
    click.echo(f"{file}: {len(of_a_release())} libraries")


if __name__ == "__main__":
    main()
