-- +goose Up

-- The edition of its committee's drawing by which a circuit was opened: 0 for one of the governance profile or drawn for
-- the occasion. NULL where it was opened before that was kept.
ALTER TABLE council_circuit ADD COLUMN drawing BIGINT;
