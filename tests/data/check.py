"""Holds packages and logs against other programs: `check.py package FOLDER…` and `check.py sarif FILE…`.

Packages are put through `frictionless validate` and read with its library: every cell of text, the guard taken away, must
be what Python's own reader finds, and every row must have its place. Logs are held against SARIF's official schema, if
`SARIF_SCHEMA` names it, and against classes that were made from it.
"""

import csv
import hashlib
import json
import os
import sys

csv.field_size_limit(sys.maxsize)


def package(folder):
    from frictionless import Package, validate

    path = os.path.join(folder, "datapackage.json")
    report = validate(path)
    if not report.valid:
        raise SystemExit(f"{path}: {report.flatten(['type', 'rowNumber', 'fieldName', 'note'])[:5]} {report.errors}")
    with open(path, encoding="utf-8") as file:
        descriptor = json.load(file)
    for resource in descriptor["resources"]:
        name = os.path.join(folder, resource["path"])
        with open(name, "rb") as file:
            content = file.read()
        assert len(content) == resource["bytes"], name
        assert "sha256:" + hashlib.sha256(content).hexdigest() == resource["hash"], name
        with open(name, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        fields = resource["schema"]["fields"]
        assert rows[0] == [field["name"] for field in fields], name
        assert len(rows) - 1 == resource["quarterday"]["rows"], name
        for row in rows[1:]:
            for field, cell in zip(fields, row, strict=True):
                runs = cell.lstrip()[:1] in tuple("=+@\uff1d\uff0b\uff0d\uff20") or cell[:1] in ("\t", "\r")
                number = field["type"] in ("number", "integer")
                assert not runs and (number or not cell.lstrip().startswith("-")), f"{name}: {field['name']}: {cell!r}"
        for keys in resource["schema"].get("uniqueKeys", []):
            places = [rows[0].index(key) for key in keys]
            seen = [tuple(row[at] for at in places) for row in rows[1:]]
            seen = [key for key in seen if "" not in key]
            assert len(seen) == len(set(seen)), f"{name}: {keys}"
    if os.path.exists(os.path.join(folder, descriptor["resources"][0]["name"] + ".parquet")):
        parquet(folder, descriptor)
    return len(Package(path).resources)


def parquet(folder, descriptor):
    """Every value that pyarrow reads must be the value of the comma-separated file."""
    from decimal import Decimal

    import pyarrow.parquet

    for resource in descriptor["resources"]:
        name = os.path.join(folder, resource["name"])
        table = pyarrow.parquet.read_table(name + ".parquet")
        with open(name + ".csv", newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        assert table.column_names == rows[0] and table.num_rows == len(rows) - 1, name
        for at, field in enumerate(resource["schema"]["fields"]):
            kind = str(table.schema.field(at).type)
            money = field.get("description", "").endswith("Pounds.")
            if money and len(rows) > 1:
                # Pennies, unless an amount was given to a smaller part.
                places = max([2] + [len(row[at].partition(".")[2]) for row in rows[1:]])
                assert kind == f"decimal128(18, {places})", f"{name}: {field['name']}: {kind}"
            for row, value in zip(rows[1:], table.column(at).to_pylist(), strict=True):
                cell = row[at]
                if cell == "":
                    wanted = None
                elif field["type"] == "number":
                    wanted = Decimal(cell)
                elif field["type"] == "integer":
                    wanted = int(cell)
                elif field["type"] == "boolean":
                    wanted = cell == "true"
                elif field["type"] == "date":
                    value, wanted = value and value.isoformat(), cell
                elif field["type"] == "list":
                    wanted = cell.removeprefix("'").split(field["delimiter"])
                else:
                    wanted = cell.removeprefix("'")
                assert value == wanted, f"{name}: {field['name']}: {value!r}, not {wanted!r}"


def sarif(path):
    with open(path, encoding="utf-8") as file:
        log = json.load(file)
    schema = os.environ.get("SARIF_SCHEMA")
    if schema:
        import jsonschema

        with open(schema, encoding="utf-8") as file:
            jsonschema.Draft4Validator(json.load(file)).validate(log)
    from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Log

    Log.model_validate(log)
    return len(log["runs"][0]["results"])


if __name__ == "__main__":
    check = {"package": package, "sarif": sarif}[sys.argv[1]]
    for place in sys.argv[2:]:
        print(place, check(place))
