-- +goose Up

-- An action item may be ordered by a committee about no initiative at all: it belongs to the item of the meeting. NULL in
-- the rows written before, and in those that follow a question of the portfolio.
ALTER TABLE portfolio_action ADD COLUMN committee TEXT;
ALTER TABLE portfolio_action ADD COLUMN meeting TEXT;
ALTER TABLE portfolio_action ADD COLUMN item TEXT;
ALTER TABLE portfolio_action ADD COLUMN sitting TEXT; -- number of the meeting
CREATE INDEX portfolio_action_by_committee ON portfolio_action (committee, due);
CREATE INDEX portfolio_action_by_meeting ON portfolio_action (meeting);
CREATE INDEX portfolio_action_by_item ON portfolio_action (item);
CREATE INDEX portfolio_action_by_arbitration ON portfolio_action (arbitration);
