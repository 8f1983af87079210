CREATE TEMP TABLE of_openings (owner INT, key BIGINT);
CREATE TEMP TABLE of_candidates (owner INT, key BIGINT);
