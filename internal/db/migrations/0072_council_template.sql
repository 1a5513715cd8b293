-- +goose Up

-- What a committee drew of a circuit is an edition: drawn, published, replaced by the next. Nothing is overwritten.
-- A row without a status is older: the only edition of its circuit, in force until closed_on.
ALTER TABLE council_template ADD COLUMN edition BIGINT; -- 1, 2…
ALTER TABLE council_template ADD COLUMN status TEXT; -- drawn | in_force | replaced | closed | dropped
ALTER TABLE council_template ADD COLUMN binds TEXT; -- which items may not be decided before it: '' | decisions | questions | all
ALTER TABLE council_template ADD COLUMN drawn_by TEXT; -- post
ALTER TABLE council_template ADD COLUMN drawn_on TEXT;
ALTER TABLE council_template ADD COLUMN published_on TEXT;
