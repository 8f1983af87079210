-- A candidate's lists of several blocks become one.

CREATE OR REPLACE TEMP TABLE of_candidates AS
SELECT owner, unnest(max(key, {k})) AS key FROM of_candidates GROUP BY owner;
