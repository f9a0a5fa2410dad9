-- The versioned catalogues: classes and their limits, regions, components, and the layers of the offline map.

CREATE TABLE catalogue_version (
    id text PRIMARY KEY,
    name text NOT NULL,
    valid_from date NOT NULL,
    -- The first day on which it no longer holds.
    valid_to date,
    CHECK (valid_to > valid_from)
);

CREATE TABLE class (
    catalogue_id text NOT NULL REFERENCES catalogue_version (id),
    kind text NOT NULL CHECK (kind IN ('component', 'matter')),
    code text NOT NULL CHECK (code ~ '^[0-9-]{4,5}$'),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    category_code text NOT NULL CHECK (category_code ~ '^[0-9]{2}$'),
    category_name text NOT NULL,
    -- The class of the catalogue before, and whether it was a component or an event there.
    predecessor_kind text CHECK (predecessor_kind IN ('component', 'event')),
    predecessor_code text,
    -- An extension code of this city.
    local boolean NOT NULL DEFAULT false,
    PRIMARY KEY (catalogue_id, kind, code),
    CHECK ((predecessor_kind IS NULL) = (predecessor_code IS NULL))
);
CREATE INDEX class_predecessor ON class (predecessor_kind, predecessor_code);

CREATE TABLE class_limit (
    id uuid PRIMARY KEY,
    catalogue_id text NOT NULL,
    kind text NOT NULL,
    code text NOT NULL,
    conditions text[] NOT NULL DEFAULT '{}',
    minutes integer NOT NULL CHECK (minutes > 0),
    unit text NOT NULL CHECK (unit IN ('urgent_hour', 'working_hour', 'working_day', 'urgent_day')),
    source text NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid,
    FOREIGN KEY (catalogue_id, kind, code) REFERENCES class (catalogue_id, kind, code)
);
CREATE UNIQUE INDEX class_limit_of_class ON class_limit (catalogue_id, kind, code, conditions, minutes, unit);

CREATE TABLE region (
    code text NOT NULL CHECK (code ~ '^[0-9]{6}([0-9]{3}){0,3}$'),
    valid_from date NOT NULL,
    valid_to date,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    -- A GeoJSON geometry, Polygon or MultiPolygon, WGS-84.
    geometry jsonb NOT NULL,
    simulated boolean NOT NULL DEFAULT false,
    PRIMARY KEY (code, valid_from),
    CHECK (valid_to > valid_from)
);
-- One of each code holds at a time.
CREATE UNIQUE INDEX region_current ON region (code) WHERE valid_to IS NULL;

CREATE TABLE component (
    code text PRIMARY KEY CHECK (code ~ '^[0-9]{17}$'),
    class_code text NOT NULL,
    name text NOT NULL,
    grid_code text NOT NULL,
    state text NOT NULL,
    -- The 18 attributes of the standard, under its own names.
    attributes jsonb NOT NULL,
    lon double precision NOT NULL CHECK (lon BETWEEN -180 AND 180),
    lat double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),
    simulated boolean NOT NULL DEFAULT false,
    updated_at timestamptz NOT NULL
);
CREATE INDEX component_class ON component (class_code, code);
CREATE INDEX component_grid ON component (grid_code, code);

CREATE TABLE base_layer (
    name text PRIMARY KEY CHECK (name IN ('background', 'roads')),
    features jsonb NOT NULL,
    updated_at timestamptz NOT NULL
);

-- One row: which data were seeded, and how often anything here changed.
CREATE TABLE catalogue_state (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    revision bigint NOT NULL DEFAULT 1,
    seeded text
);
INSERT INTO catalogue_state DEFAULT VALUES;
