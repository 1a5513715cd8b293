-- +goose Up

-- The papers of initiatives and of strategies are handed in as those of committees are: files too, in editions.
-- NULL in the rows written before: a first edition, and of a strategy a link.
ALTER TABLE portfolio_paper ADD COLUMN thread TEXT;
ALTER TABLE portfolio_paper ADD COLUMN edition BIGINT;
ALTER TABLE strategy_paper ADD COLUMN thread TEXT;
ALTER TABLE strategy_paper ADD COLUMN edition BIGINT;
ALTER TABLE strategy_paper ADD COLUMN media_type TEXT;
ALTER TABLE strategy_paper ADD COLUMN size BIGINT;
