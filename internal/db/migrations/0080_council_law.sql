-- +goose Up

-- What the law of assemblies asks to be kept. Added later: NULL where it was not known.

ALTER TABLE council_attendance ADD COLUMN said_at BIGINT; -- when: a power counts from then
ALTER TABLE council_attendance ADD COLUMN said_by TEXT;   -- post that noted it

ALTER TABLE council_item ADD COLUMN president TEXT; -- post that presides this item in the place of the meeting's

ALTER TABLE council_ballot ADD COLUMN requested BIGINT; -- members who asked for the method (CGCT, art. L2121-21)

ALTER TABLE council_minutes ADD COLUMN approved_at TEXT; -- the meeting that approved them

ALTER TABLE council_formal ADD COLUMN signatory TEXT; -- who signs an act that no assembly adopts: name and quality

