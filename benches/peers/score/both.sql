-- The k best both ways. One number orders a list: the score, then the days of unemployment (unknown last), then the lower row.

CREATE TEMP TABLE of_openings AS
SELECT opening AS owner, max((score << 48) | ((days + 1)::BIGINT << 32) | (4294967295 - person), {k}) AS best FROM pairs GROUP BY opening;
CREATE TEMP TABLE of_candidates AS
SELECT person AS owner, max((score << 32) | (4294967295 - opening), {k}) AS best FROM pairs GROUP BY person;
