-- Every rule of fixtures/policies/general.toml that depends on both sides; docs/rules.md says the same in words.
-- An unknown (NULL) is no yes: the condition then keeps the pair out.

(o.accepts IS NULL OR (o.accepts & p.class) <> 0 OR (p.family AND o.welfare))
AND (o.education IS NULL OR o.education <= p.education)
AND (o.need1 & ~p.able1) = 0 AND (o.need2 & ~p.able2) = 0 AND (o.need3 & ~p.able3) = 0
AND (o.licences & ~p.licences) = 0
AND (p.man IS NULL OR p.man BETWEEN coalesce(o.min_man, 0) AND coalesce(o.max_man, 200))
AND (p.woman IS NULL OR p.woman BETWEEN coalesce(o.min_woman, 0) AND coalesce(o.max_woman, 200))
AND (NOT o.welfare OR (p.welfare_ok AND o.county IS NOT NULL
    AND (coalesce(p.registered = o.county, false) OR coalesce(p.residence = o.county, false))))
AND (o.home OR p.far IS NULL OR coalesce(
    (p.x - o.x) * (p.x - o.x) + (p.y - o.y) * (p.y - o.y) + (p.z - o.z) * (p.z - o.z) < (p.far + 1) * (p.far + 1), false)
    OR (NOT (p.exact AND o.exact) AND (coalesce(p.village = o.village, false) OR coalesce(p.township = o.township, false))))
