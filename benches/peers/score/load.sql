-- The tables of `score SIZE VARIANT --tables FOLDER` as DuckDB holds them; not timed.
-- Who fails a rule about the person alone, and what is not open on the day, has no eligible pair.

CREATE TABLE credits AS SELECT person::INT AS person, slot::INT AS slot, earned::INT AS earned
FROM read_csv('{folder}/credits.csv');

CREATE TABLE slots AS SELECT unnest(range(coalesce(max(slot), 0) + 1))::INT AS slot
FROM read_csv('{folder}/wanted.csv');

-- What each person earns for each slot, as a list that an opening's slots index.
CREATE TABLE people AS
WITH earned AS (
    SELECT p.person, list(coalesce(c.earned, 0)::UTINYINT ORDER BY s.slot) AS earned
    FROM read_csv('{folder}/people.csv') p CROSS JOIN slots s
    LEFT JOIN credits c ON c.person = p.person AND c.slot = s.slot
    WHERE p.ok = 1 GROUP BY p.person
)
SELECT
    p.person::INT AS person, coalesce(days, -1)::INT AS days, priority::INT AS priority, welfare_ok = 1 AS welfare_ok,
    family = 1 AS family, class::INT AS class, category::INT AS category, man::INT AS man, woman::INT AS woman,
    education::INT AS education, licences::BIGINT AS licences,
    able1::BIGINT AS able1, able2::BIGINT AS able2, able3::BIGINT AS able3,
    limit_km::BIGINT * 1000 AS far, coalesce(limit_km, 20)::BIGINT * 1000 AS most,
    exact = 1 AS exact, x::BIGINT AS x, y::BIGINT AS y, z::BIGINT AS z,
    city::INT AS city, county::INT AS county, township::INT AS township, village::INT AS village,
    registered::INT AS registered, residence::INT AS residence,
    wish1::INT AS wish1, wish2::INT AS wish2, wish3::INT AS wish3, wage::INT AS wage, forms::INT AS forms, earned
FROM read_csv('{folder}/people.csv', types = {{'wish1': 'INT', 'wish2': 'INT', 'wish3': 'INT'}}) p JOIN earned USING (person)
ORDER BY p.person;

-- At most four slots of an opening, places counted from 1.
CREATE TABLE openings AS
WITH wanted AS (
    SELECT opening, list(slot::INT + 1 ORDER BY slot) AS slot, list(weight::INT ORDER BY slot) AS weight
    FROM read_csv('{folder}/wanted.csv') GROUP BY opening
)
SELECT
    o.opening::INT AS opening, welfare = 1 AS welfare, home = 1 AS home, accepts::INT AS accepts, named::INT AS named,
    targeted::INT AS targeted, min_man::INT AS min_man, max_man::INT AS max_man, min_woman::INT AS min_woman,
    max_woman::INT AS max_woman, education::INT AS education, licences::BIGINT AS licences,
    need1::BIGINT AS need1, need2::BIGINT AS need2, need3::BIGINT AS need3,
    exact = 1 AS exact, x::BIGINT AS x, y::BIGINT AS y, z::BIGINT AS z,
    city::INT AS city, county::INT AS county, township::INT AS township, village::INT AS village,
    occupation::INT AS occupation, wage::INT AS wage, forms::INT AS forms,
    coalesce(slot[1], 1) AS slot1, coalesce(slot[2], 1) AS slot2, coalesce(slot[3], 1) AS slot3, coalesce(slot[4], 1) AS slot4,
    coalesce(weight[1], 0) AS weight1, coalesce(weight[2], 0) AS weight2, coalesce(weight[3], 0) AS weight3,
    coalesce(weight[4], 0) AS weight4, coalesce(list_sum(weight), 0)::INT AS weights
FROM read_csv('{folder}/openings.csv', types = {{'min_man': 'INT', 'max_man': 'INT', 'min_woman': 'INT', 'max_woman': 'INT'}}) o
LEFT JOIN wanted USING (opening) WHERE open = 1 ORDER BY o.opening;

CREATE TABLE refused AS SELECT person::INT AS person, opening::INT AS opening FROM read_csv('{folder}/refused.csv');
