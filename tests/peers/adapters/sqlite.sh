#!/bin/sh
# The policy in SQLite's own program: `sqlite.sh EVIDENCE SUBMISSIONS`. It reads and joins everything itself.
here=$(dirname -- "$0")
{
  cat <<SQL
PRAGMA temp_store = MEMORY;
CREATE TABLE wages(soc, region, entry_wage_cents INT, median_wage_cents INT, PRIMARY KEY(soc, region)) WITHOUT ROWID;
CREATE TABLE openings(soc, region, annual_openings INT, growth_permille INT, PRIMARY KEY(soc, region)) WITHOUT ROWID;
CREATE TABLE completions(cip, region, annual_completions INT, PRIMARY KEY(cip, region)) WITHOUT ROWID;
CREATE TABLE living_wage(region PRIMARY KEY, living_wage_cents INT) WITHOUT ROWID;
CREATE TABLE priority_credentials(cip, credential, PRIMARY KEY(cip, credential)) WITHOUT ROWID;
CREATE TABLE line(whole TEXT);
.import --csv --skip 1 $1/wages.csv wages
.import --csv --skip 1 $1/openings.csv openings
.import --csv --skip 1 $1/completions.csv completions
.import --csv --skip 1 $1/living_wage.csv living_wage
.import --csv --skip 1 $1/priority_credentials.csv priority_credentials
.mode ascii
.separator "\001" "\n"
.import $2 line
CREATE TEMP TABLE submission AS
  SELECT whole->>'id' AS id, whole->>'cip' AS cip, whole->>'region' AS region, whole->>'kind' AS kind,
    whole->>'pathway_type' AS pathway_type, whole->>'\$.soc[0]' AS soc1, whole->>'\$.soc[1]' AS soc2,
    whole->>'\$.soc[2]' AS soc3,
    CASE WHEN whole->>'credentials' IS NOT NULL THEN EXISTS (
      SELECT 1 FROM json_each(whole, '\$.credentials') own
        JOIN priority_credentials p ON p.cip = whole->>'cip' AND p.credential = own.value) END AS listed,
    whole->>'postsecondary_credits' AS credits, whole->>'articulation' AS articulation, whole->>'wbl_hours' AS hours,
    whole->>'enrollment' AS enrollment, whole->>'concentrators' AS concentrators, whole->>'completers' AS completers,
    whole->>'advisory_meetings' AS meetings, whole->>'years_below_threshold' AS years_below,
    whole->>'last_decision' AS last_decision, whole->>'\$.rates.all' AS overall, whole->>'\$.rates.male' AS rate_male,
    whole->>'\$.rates.female' AS rate_female, whole->>'\$.rates.econ' AS rate_econ, whole->>'\$.rates.swd' AS rate_swd,
    whole->>'\$.rates.el' AS rate_el, whole->>'\$.counts.male' AS size_male, whole->>'\$.counts.female' AS size_female,
    whole->>'\$.counts.econ' AS size_econ, whole->>'\$.counts.swd' AS size_swd, whole->>'\$.counts.el' AS size_el
  FROM line;
.mode list
.separator "," "\n"
.headers on
SQL
  cat "$here/policy.sql"
  echo ';'
} | sqlite3 :memory:
