-- The k best both ways, of the pairs of one block. One number orders a list: the score, then the days of unemployment
-- (unknown last), then the lower row.

INSERT INTO of_openings
SELECT opening, unnest(max((score << 48) | ((days + 1)::BIGINT << 32) | (4294967295 - person), {k})) FROM pairs GROUP BY opening;
INSERT INTO of_candidates
SELECT person, unnest(max((score << 32) | (4294967295 - opening), {k})) FROM pairs GROUP BY person;
