-- Eligible pairs and their score under fixtures/policies/general.toml. Timed, with both.sql.
--
-- `source` is one of two: people and openings joined as they are, or the pairs found as two numbers each and then joined
-- to the rest. Where few pairs are eligible the second takes half the time, where many are twice as long and five times the
-- memory; the driver runs the form that it is told. A join by ranges of one coordinate was slower than either. `block` are
-- the openings of one block, or all of them.

CREATE OR REPLACE TEMP TABLE pairs AS
WITH {source}, eligible AS (
    SELECT p.*, o.opening, o.home, o.welfare, o.occupation, o.wage AS offer, o.forms AS offered, o.named, o.targeted,
        o.exact AS there, o.city AS o_city, o.county AS o_county, o.township AS o_township, o.village AS o_village,
        o.slot1, o.slot2, o.slot3, o.slot4, o.weight1, o.weight2, o.weight3, o.weight4, o.weights,
        (p.x - o.x) * (p.x - o.x) + (p.y - o.y) * (p.y - o.y) + (p.z - o.z) * (p.z - o.z) AS square
    FROM {joined} ANTI JOIN refused r ON r.person = p.person AND r.opening = o.opening
), points AS (
    SELECT person, opening, days, priority,
        CASE WHEN weights = 0 THEN 50 ELSE (weight1 * earned[slot1] + weight2 * earned[slot2]
            + weight3 * earned[slot3] + weight4 * earned[slot4]) // weights END AS skills,
        CASE WHEN home THEN 100
            WHEN exact AND there THEN 100 * greatest(most - floor(sqrt(square))::BIGINT, 0) // most
            WHEN county IS NULL OR o_county IS NULL THEN 50
            WHEN village = o_village THEN 100 WHEN township = o_township THEN 80
            WHEN county = o_county THEN 50 WHEN city = o_city THEN 20 ELSE 0 END AS commute,
        CASE WHEN occupation IS NULL OR wish1 IS NULL THEN 50
            ELSE greatest({wish1}, {wish2}, {wish3}) END AS occupation,
        CASE WHEN offer IS NULL OR wage IS NULL THEN 50 ELSE least(100, 100 * offer // wage) END AS wage,
        CASE WHEN forms = 0 OR offered = 0 THEN 50 WHEN (forms & offered) <> 0 THEN 100 ELSE 0 END AS form,
        CASE WHEN (category & named) <> 0 THEN targeted ELSE 40 END AS category
    FROM eligible
)
SELECT person, opening, days,
    (30 * skills + 20 * commute + 15 * occupation + 10 * wage + 10 * form + 5 * category + 10 * priority)::BIGINT AS score
FROM points;
