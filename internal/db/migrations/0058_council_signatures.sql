-- +goose Up

-- The days on which the president and the secretary of a meeting signed its minutes, elsewhere (CGCT, art. L2121-15).
ALTER TABLE council_minutes ADD COLUMN president_signed TEXT;
ALTER TABLE council_minutes ADD COLUMN secretary_signed TEXT;
