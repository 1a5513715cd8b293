-- +goose Up

-- A council of a commune of fewer than 3,500 inhabitants, which sends no note of synthesis with its notice (CGCT, art.
-- L2121-12). NULL: it sends them.
ALTER TABLE council_committee ADD COLUMN notes_waived BOOLEAN;
