-- +goose Up

-- A recours gracieux against a formal act, and its express refusal: NULL in the acts that had none.
ALTER TABLE council_formal ADD COLUMN appealed_on TEXT;
ALTER TABLE council_formal ADD COLUMN refused_on TEXT;
