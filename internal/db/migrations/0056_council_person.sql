-- +goose Up

-- A recusal is a person's, through every post that they hold. NULL: nobody said who held the post.
ALTER TABLE council_interest ADD COLUMN person TEXT;
CREATE INDEX council_interest_by_person ON council_interest (person, status);
CREATE INDEX council_interest_by_question ON council_interest (arbitration, status);
