-- The policy in SQL as DuckDB and SQLite both have it, over the evidence's tables and a table or view `submission` with a
-- column for each value. A truth is a boolean that may be NULL, and AND and OR treat it as the policy does.
WITH joined AS MATERIALIZED (
  SELECT s.*, l.living_wage_cents AS living, k.annual_completions AS completions,
    w1.median_wage_cents AS median1, w2.median_wage_cents AS median2, w3.median_wage_cents AS median3,
    w1.entry_wage_cents AS entry1, w2.entry_wage_cents AS entry2, w3.entry_wage_cents AS entry3,
    o1.growth_permille AS growth1, o2.growth_permille AS growth2, o3.growth_permille AS growth3,
    coalesce(o1.annual_openings, 0) + coalesce(o2.annual_openings, 0) + coalesce(o3.annual_openings, 0) AS demand,
    soc2 IS NOT NULL AS two, soc3 IS NOT NULL AS three,
    CASE WHEN o1.soc IS NULL OR (soc2 IS NOT NULL AND o2.soc IS NULL) OR (soc3 IS NOT NULL AND o3.soc IS NULL)
      THEN FALSE ELSE TRUE END AS outlook_told
  FROM submission s
    JOIN living_wage l ON l.region = s.region
    LEFT JOIN completions k ON k.cip = s.cip AND k.region = s.region
    LEFT JOIN wages w1 ON w1.soc = s.soc1 AND w1.region = s.region
    LEFT JOIN wages w2 ON w2.soc = s.soc2 AND w2.region = s.region
    LEFT JOIN wages w3 ON w3.soc = s.soc3 AND w3.region = s.region
    LEFT JOIN openings o1 ON o1.soc = s.soc1 AND o1.region = s.region
    LEFT JOIN openings o2 ON o2.soc = s.soc2 AND o2.region = s.region
    LEFT JOIN openings o3 ON o3.soc = s.soc3 AND o3.region = s.region
),
truths AS MATERIALIZED (
  SELECT id, kind, years_below,
    median1 >= living OR (two AND median2 >= living) OR (three AND median3 >= living) AS c1,
    entry1 * 100 >= living * 80 OR (two AND entry2 * 100 >= living * 80) OR (three AND entry3 * 100 >= living * 80) AS c2,
    demand >= CASE WHEN pathway_type = 'emerging' THEN 25 ELSE 50 END
      OR CASE WHEN outlook_told THEN FALSE END AS c3,
    growth1 >= 30 OR (two AND growth2 >= 30) OR (three AND growth3 >= 30) AS c4,
    CASE WHEN outlook_told THEN completions * 100 <= demand * 150 END AS c5,
    credits >= CASE WHEN pathway_type = 'accelerated' THEN 12 ELSE 9 END AND articulation AS c6,
    listed AS c7,
    hours >= CASE WHEN kind = 'new' THEN 40 ELSE 60 END AS c8,
    enrollment >= 15 AND concentrators * 100 >= enrollment * 25 AS c9,
    kind = 'new' OR completers * 100 >= concentrators * 60 AS c10,
    kind = 'new' OR (
      (size_male < 10 OR overall - rate_male <= 100) AND (size_female < 10 OR overall - rate_female <= 100) AND
      (size_econ < 10 OR overall - rate_econ <= 100) AND (size_swd < 10 OR overall - rate_swd <= 100) AND
      (size_el < 10 OR overall - rate_el <= 100)) AS c11,
    meetings >= 2 AND (kind = 'new' OR last_decision >= '2021-07-01') AS c12
  FROM joined
),
lettered AS MATERIALIZED (
  SELECT id, kind, years_below,
    CASE WHEN c1 THEN 'T' WHEN NOT c1 THEN 'F' ELSE 'U' END AS l1,
    CASE WHEN c2 THEN 'T' WHEN NOT c2 THEN 'F' ELSE 'U' END AS l2,
    CASE WHEN c3 THEN 'T' WHEN NOT c3 THEN 'F' ELSE 'U' END AS l3,
    CASE WHEN c4 THEN 'T' WHEN NOT c4 THEN 'F' ELSE 'U' END AS l4,
    CASE WHEN c5 THEN 'T' WHEN NOT c5 THEN 'F' ELSE 'U' END AS l5,
    CASE WHEN c6 THEN 'T' WHEN NOT c6 THEN 'F' ELSE 'U' END AS l6,
    CASE WHEN c7 THEN 'T' WHEN NOT c7 THEN 'F' ELSE 'U' END AS l7,
    CASE WHEN c8 THEN 'T' WHEN NOT c8 THEN 'F' ELSE 'U' END AS l8,
    CASE WHEN c9 THEN 'T' WHEN NOT c9 THEN 'F' ELSE 'U' END AS l9,
    CASE WHEN c10 THEN 'T' WHEN NOT c10 THEN 'F' ELSE 'U' END AS l10,
    CASE WHEN c11 THEN 'T' WHEN NOT c11 THEN 'F' ELSE 'U' END AS l11,
    CASE WHEN c12 THEN 'T' WHEN NOT c12 THEN 'F' ELSE 'U' END AS l12
  FROM truths
),
grouped AS MATERIALIZED (
  SELECT id, kind, years_below, l1 || l3 || l6 || l7 AS core, l2 || l4 || l5 || l8 || l9 || l10 || l11 || l12 AS others,
    l1 || l2 || l3 || l4 || l5 || l6 || l7 || l8 || l9 || l10 || l11 || l12 AS letters
  FROM lettered
),
counted AS MATERIALIZED (
  SELECT id, kind, years_below, letters,
    length(replace(replace(core, 'T', ''), 'U', '')) AS core_against,
    length(replace(replace(others, 'T', ''), 'U', '')) AS others_against,
    length(replace(replace(core, 'T', ''), 'F', '')) AS core_untold,
    length(replace(replace(others, 'T', ''), 'F', '')) AS others_untold
  FROM grouped
)
SELECT id AS submission,
  CASE
    WHEN core_against >= 2 OR (core_against >= 1 AND others_against >= 2) OR others_against >= 4 THEN
      CASE WHEN kind = 'new' THEN 'deny' WHEN years_below IS NULL THEN 'needs information'
        WHEN years_below >= 3 THEN 'phase out' ELSE 'conditional' END
    WHEN core_untold >= 1 OR others_untold >= 2 THEN 'needs information'
    WHEN core_against >= 1 OR others_against >= 1 OR others_untold = 1 THEN 'conditional'
    WHEN kind = 'new' THEN 'approve' ELSE 'renew' END AS outcome,
  letters AS criteria
FROM counted
